// purpose: what became known about a party since a day: facts of its records and relationships at them, newest first
// parameters: party (id of the party), since (first day that counts)
// rows: recorded at, by whom, record, fact, from and to when it holds, source, content (exact JSON where it is kept, names and values elsewhere), versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (set:ChangeSet)
WHERE set.version > 0 AND set.recordedAt >= datetime({date: date($since), timezone: 'Z'}).epochMillis
WITH min(set.version) AS first
MATCH (:Party {id: $party})-[:RECORDED_AS]->(record)
CALL (record, first) {
  WITH record, first WHERE record._version >= first
  RETURN 'node' AS fact, properties(record) AS said
  UNION ALL
  MATCH (record)-[r]-() WHERE r._version >= first
  RETURN type(r) AS fact, properties(r) AS said
  UNION ALL
  MATCH (further:Statement {_node: labels(record)[0] + '/' + record.key}) WHERE further._version >= first
  RETURN 'node' AS fact, properties(further) AS said
}
MATCH (set:ChangeSet {version: said._version})
RETURN datetime({epochMillis: set.recordedAt}) AS recordedAt, set.author AS author, record.key AS record, fact,
  CASE WHEN said._from > -62135596800000 THEN datetime({epochMillis: said._from}) END AS from,
  CASE WHEN said._to < 253402300799999 THEN datetime({epochMillis: said._to}) END AS to,
  said._source AS source,
  coalesce(said._json, [name IN keys(said) WHERE NOT name STARTS WITH '_' AND name <> 'key' | [name, said[name]]]) AS content,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY set.version DESC, said._seq DESC
