// purpose: a client's score with its parts
// parameters: client (id of the client)
// rows: name, score, grade, probability of default, points of the baseline and of its own facts and of those it is tied to, model, day, versions recorded since the publication
// counterpart: creditScore(client:)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (client:Party {id: $client})-[:SCORED]->(score:Score)
RETURN client.name AS name, score.score AS score, score.grade AS grade, score.probabilityOfDefault AS probabilityOfDefault,
  score.baselinePoints AS baselinePoints, score.ownPoints AS ownPoints, score.contagionPoints AS contagionPoints,
  score.modelVersion AS model, score.asOf AS asOf,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
