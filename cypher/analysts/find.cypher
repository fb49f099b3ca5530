// purpose: finds parties by name or part of a name or alias, in Chinese of either script or as it is read (zhangsan, zhang san, zs), over all their source records, or by a number that identifies them
// parameters: text (what to look for as it is written), limit (most rows)
// rows: party, name, type, whether it is a client, relevance, names of the records that match, versions recorded since the publication
// counterpart: search(text:)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
WITH reduce(text = toLower($text), sign IN ['\\', '+', '-', '!', '(', ')', '{', '}', '[', ']', '^', '"', '~', '*', '?', ':', '/', '&', '|'] | replace(text, sign, '\\' + sign)) AS words
WITH '"' + words + '"^4 ' + words AS query
CALL (query) {
  CALL db.index.fulltext.queryNodes('Person_text', query) YIELD node, score
  MATCH (party:Party)-[:RECORDED_AS]->(node)
  RETURN party, node.name AS record, score
  UNION ALL
  CALL db.index.fulltext.queryNodes('Company_text', query) YIELD node, score
  MATCH (party:Party)-[:RECORDED_AS]->(node)
  RETURN party, node.name AS record, score
  UNION ALL
  CALL db.index.fulltext.queryNodes('Party_readings', query) YIELD node AS party, score
  RETURN party, null AS record, score
  UNION ALL
  UNWIND ['LEI', 'ORG_CODE', 'OTHER', 'PASSPORT', 'RESIDENT_ID', 'USCC'] AS scheme
  MATCH (:Identifier {key: scheme + ':' + toUpper(trim($text))})<-[:IDENTIFIED_BY]-(node)<-[:RECORDED_AS]-(party:Party)
  RETURN party, node.name AS record, 100.0 AS score
}
WITH party, record, score ORDER BY score DESC
RETURN party.id AS party, party.name AS name, party.type AS type, party.isClient AS isClient, max(score) AS relevance, collect(DISTINCT record) AS records,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY relevance DESC, party
LIMIT $limit
