// purpose: finds parties by name or part of a name or alias, over all their source records
// parameters: text (words to look for), limit (most rows)
// rows: party, name, type, whether it is a client, relevance, names of the records that match
// counterpart: search(text:)
CALL {
  CALL db.index.fulltext.queryNodes('Person_text', $text) YIELD node, score RETURN node, score
  UNION ALL
  CALL db.index.fulltext.queryNodes('Company_text', $text) YIELD node, score RETURN node, score
}
MATCH (party:Party)-[:RECORDED_AS]->(node)
WITH party, node, score ORDER BY score DESC
RETURN party.id AS party, party.name AS name, party.type AS type, party.isClient AS isClient, max(score) AS relevance, collect(DISTINCT node.name) AS records
ORDER BY relevance DESC, party
LIMIT $limit
