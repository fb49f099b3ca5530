// purpose: a client's score with its parts
// parameters: client (id of the client)
// rows: name, score, grade, probability of default, points of the baseline and of its own facts and of those it is tied to, model, day
// counterpart: creditScore(client:)
MATCH (client:Party {id: $client})-[:SCORED]->(score:Score)
RETURN client.name AS name, score.score AS score, score.grade AS grade, score.probabilityOfDefault AS probabilityOfDefault,
  score.baselinePoints AS baselinePoints, score.ownPoints AS ownPoints, score.contagionPoints AS contagionPoints,
  score.modelVersion AS model, score.asOf AS asOf
