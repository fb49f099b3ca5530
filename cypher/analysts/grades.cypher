// purpose: clients and their debt by grade
// parameters: none
// rows: grade, clients, mean probability of default, mean score, debt, model, day
// counterpart: graphrisk score
MATCH (client:Client)-[:SCORED]->(score:Score)
WITH client, score, COLLECT { MATCH (client)-[r:CLIENT_AT]->() RETURN sum(r.debt) }[0] AS debt
RETURN score.grade AS grade, count(client) AS clients, avg(score.probabilityOfDefault) AS meanProbabilityOfDefault, avg(score.score) AS meanScore,
  sum(debt) AS debt, score.modelVersion AS model, score.asOf AS asOf
ORDER BY meanProbabilityOfDefault
