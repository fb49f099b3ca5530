// purpose: what a party owns in the end, through any chain of holdings that visits no party twice
// parameters: holder (id of the party), depth (most holdings in a chain; at most 12), threshold (smallest share shown; 0 for all)
// rows: company, name, share in the end, share held directly, chains, versions recorded since the publication
// counterpart: ownershipLookThrough(holder:, semantics: SIMPLE_PATH)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH path = (:Party {id: $holder})-[:OWNS*1..12]->(company:Party)
WHERE length(path) <= $depth
  AND all(r IN relationships(path) WHERE r.share > 0)
  AND all(node IN nodes(path) WHERE single(other IN nodes(path) WHERE other = node))
WITH company,
  sum(reduce(product = 1.0, r IN relationships(path) | product * r.share)) AS share,
  sum(CASE WHEN length(path) = 1 THEN relationships(path)[0].share ELSE 0.0 END) AS direct,
  count(*) AS chains
WHERE round(share, 12) >= $threshold
RETURN company.id AS company, company.name AS name, share, direct, chains,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY share DESC, company
