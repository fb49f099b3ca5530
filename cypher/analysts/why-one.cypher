// purpose: why several source records are one party: the judgements that join them
// parameters: party (id of the party)
// rows: record, other record, names, verdict, score, judge, reasons
MATCH (:Party {id: $party})-[:RECORDED_AS]->(record)-[same:SAME_AS]->(other)
RETURN record.key AS record, other.key AS other, [record.name, other.name] AS names, same.verdict AS verdict, same.score AS score, same.judge AS judge, same.reasons AS reasons
ORDER BY record, other
