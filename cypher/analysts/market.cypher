// purpose: quality of each broker's clients
// parameters: highRisk (probability of default from which a client is of high risk; 0.05 is what the service uses)
// rows: broker, name, clients, clients with debt, contracts, debt, collateral, clients of high risk, mean probability of default of clients with debt
// counterpart: market(by: BROKER)
MATCH (broker:Broker)
OPTIONAL MATCH (client:Client)-[r:CLIENT_AT]->(broker)
OPTIONAL MATCH (client)-[:SCORED]->(score:Score)
RETURN broker.key AS broker, broker.name AS name, count(client) AS clients, count(CASE WHEN r.debt > 0 THEN 1 END) AS clientsWithDebt,
  sum(r.contracts) AS contracts, sum(r.debt) AS debt, sum(r.collateral) AS collateral,
  count(CASE WHEN r.debt > 0 AND score.probabilityOfDefault >= $highRisk THEN 1 END) AS highRiskClients,
  avg(CASE WHEN r.debt > 0 THEN score.probabilityOfDefault END) AS meanProbabilityOfDefault
ORDER BY broker
