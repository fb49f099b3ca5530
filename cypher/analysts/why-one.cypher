// purpose: why several source records are one party: the judgements that join them
// parameters: party (id of the party)
// rows: record, other record, names, verdict, score, judge, reasons, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (:Party {id: $party})-[:RECORDED_AS]->(record)-[same:SAME_AS]->(other)
RETURN record.key AS record, other.key AS other, [record.name, other.name] AS names, same.verdict AS verdict, same.score AS score, same.judge AS judge, same.reasons AS reasons,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY record, other
