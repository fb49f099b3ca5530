// purpose: devices that sign in to accounts of different parties, who may be one hand
// parameters: least (fewest parties), most (most parties; more are a branch's terminal)
// rows: device, parties, names, accounts, brokers, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (device:Device)-[:SIGNED_IN]->(account:Account)<-[:OWNS_ACCOUNT]-()<-[:RECORDED_AS]-(party:Party)
WITH device, account, party ORDER BY party.id, account.key
WITH device, collect(DISTINCT party) AS parties, collect(DISTINCT account) AS accounts
WHERE $least <= size(parties) <= $most
RETURN device.key AS device, [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names, [account IN accounts | account.key] AS accounts,
  COLLECT { UNWIND accounts AS account MATCH (account)-[:KEPT_AT]->(broker:Broker) RETURN DISTINCT broker.key ORDER BY broker.key } AS brokers,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY size(ids) DESC, device
