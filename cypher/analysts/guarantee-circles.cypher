// purpose: circles of guarantees: parties each of which answers for every other in the end, so that the default of one calls on all; each circle once, however many ways lead around in it
// parameters: least (smallest debt of all of them)
// rows: parties, names, number of parties, debt of all of them, a shortest way around from the first of them (ids), versions recorded since the publication
// counterpart: client(id:) { guarantees }, from party to party: who reaches one another by them
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (finding:Finding {kind: 'GUARANTEE_CIRCLE'})-[:ABOUT]->(party:Party)
WITH finding, party ORDER BY party.id
WITH finding, collect(party) AS parties
WITH parties, parties[0] AS first,
  reduce(sum = 0.0, owed IN COLLECT { UNWIND parties AS party MATCH (party)-[r:CLIENT_AT]->() RETURN r.debt } | sum + owed) AS debt
WHERE debt >= $least
RETURN [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names, size(parties) AS count, debt,
  COLLECT {
    MATCH (first)-[:BACKS]->(next:Party) WHERE next <> first
    MATCH back = shortestPath((next)-[:BACKS*]->(first))
    WITH back, next ORDER BY length(back), next.id LIMIT 1
    RETURN [first.id] + [node IN nodes(back)[..-1] | node.id]
  }[0] AS around,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, ids
