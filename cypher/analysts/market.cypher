// purpose: quality of each broker's clients
// parameters: highRisk (probability of default from which a client is of high risk; 0.05 is what the service uses)
// rows: broker, name, clients, clients with debt, contracts, debt, collateral, clients of high risk, mean probability of default of clients with debt, versions recorded since the publication
// counterpart: market(by: BROKER)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (broker:Broker)
OPTIONAL MATCH (client:Client)-[r:CLIENT_AT]->(broker)
OPTIONAL MATCH (client)-[:SCORED]->(score:Score)
RETURN broker.key AS broker, broker.name AS name, count(client) AS clients, count(CASE WHEN r.debt > 0 THEN 1 END) AS clientsWithDebt,
  sum(r.contracts) AS contracts, sum(r.debt) AS debt, sum(r.collateral) AS collateral,
  count(CASE WHEN r.debt > 0 AND score.probabilityOfDefault >= $highRisk THEN 1 END) AS highRiskClients,
  avg(CASE WHEN r.debt > 0 THEN score.probabilityOfDefault END) AS meanProbabilityOfDefault,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY broker
