// purpose: what one client owes, broker by broker
// parameters: client (id of the client)
// rows: broker, its name, contracts, debt, of it margin and pledge and repo, collateral, uncovered debt, collateral to debt, versions recorded since the publication
// counterpart: linkedExposure(broker:, client:) { own }
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (:Party {id: $client})-[r:CLIENT_AT]->(broker:Broker)
RETURN broker.key AS broker, broker.name AS name, r.contracts AS contracts, r.debt AS debt, r.marginDebt AS marginDebt, r.pledgeDebt AS pledgeDebt,
  r.repoDebt AS repoDebt, r.collateral AS collateral, r.uncovered AS uncovered, CASE WHEN r.debt > 0 THEN r.collateral / r.debt END AS ratio,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, broker
