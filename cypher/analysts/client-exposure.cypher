// purpose: what one client owes, broker by broker
// parameters: client (id of the client)
// rows: broker, its name, contracts, debt, of it margin and pledge and repo, collateral, uncovered debt, collateral to debt
// counterpart: linkedExposure(broker:, client:) { own }
MATCH (:Party {id: $client})-[r:CLIENT_AT]->(broker:Broker)
RETURN broker.key AS broker, broker.name AS name, r.contracts AS contracts, r.debt AS debt, r.marginDebt AS marginDebt, r.pledgeDebt AS pledgeDebt,
  r.repoDebt AS repoDebt, r.collateral AS collateral, r.uncovered AS uncovered, CASE WHEN r.debt > 0 THEN r.collateral / r.debt END AS ratio
ORDER BY debt DESC, broker
