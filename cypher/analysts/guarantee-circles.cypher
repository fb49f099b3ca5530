// purpose: circles in which each party guarantees the debt of the next and the last that of the first: the default of one calls on all
// parameters: longest (most parties of a circle; at most 8)
// rows: parties, names, number of parties, debt of all of them
// counterpart: client(id:) { guarantees }, from party to party until the circle closes
MATCH path = (first:Party)-[:BACKS*2..8]->(first)
WHERE length(path) <= $longest
  AND all(node IN nodes(path) WHERE first.id <= node.id)
  AND all(node IN tail(nodes(path)) WHERE single(other IN tail(nodes(path)) WHERE other = node))
WITH DISTINCT nodes(path)[..-1] AS parties
RETURN [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names, size(parties) AS count,
  reduce(sum = 0.0, owed IN COLLECT { UNWIND parties AS party MATCH (party)-[r:CLIENT_AT]->() RETURN r.debt } | sum + owed) AS debt
ORDER BY debt DESC, ids
