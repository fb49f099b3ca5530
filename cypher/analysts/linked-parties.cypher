// purpose: who is linked to a party, each by its strongest path of ties
// parameters: party (id of the party), steps (most ties of a path; at most 4), strength (weakest path shown; 0.02 is what the service uses)
// rows: linked party, name, strength of the strongest path, types of its ties, names and ids along it, versions recorded since the publication
// counterpart: linkedParties(client:)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH path = (party:Party {id: $party})
  -[ties:OWNS|CONTROLS|ACTS_WITH|REPRESENTS|SERVES|BACKS|ASSOCIATED_WITH|SHARES_ACCOUNT_WITH|SHARES_DEVICE_WITH|INVESTS_WITH*1..4]-(linked:Party)
WHERE length(path) <= $steps AND linked <> party AND all(tie IN ties WHERE tie.strength > 0)
WITH linked, path, reduce(product = 1.0, tie IN ties | product * tie.strength) AS strength
WHERE strength >= $strength
WITH linked, strength, path ORDER BY strength DESC, length(path)
WITH linked, collect(strength)[0] AS strength, collect(path)[0] AS path
RETURN linked.id AS linked, linked.name AS name, strength, [tie IN relationships(path) | type(tie)] AS ties, [node IN nodes(path) | node.name] AS names, [node IN nodes(path) | node.id] AS ids,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY strength DESC, linked
