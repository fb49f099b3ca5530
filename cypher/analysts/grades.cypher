// purpose: clients and their debt by grade
// parameters: none
// rows: grade, clients, mean probability of default, mean score, debt, model, day, versions recorded since the publication
// counterpart: graphrisk score
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (client:Client)-[:SCORED]->(score:Score)
WITH client, score, COLLECT { MATCH (client)-[r:CLIENT_AT]->() RETURN sum(r.debt) }[0] AS debt
RETURN score.grade AS grade, count(client) AS clients, avg(score.probabilityOfDefault) AS meanProbabilityOfDefault, avg(score.score) AS meanScore,
  sum(debt) AS debt, score.modelVersion AS model, score.asOf AS asOf,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY meanProbabilityOfDefault
