// purpose: companies that own parts of one another in a circle, with the part of itself that comes back to each
// parameters: longest (most companies of a circle; at most 8), least (smallest product of the shares)
// rows: companies, names, number of companies, shares, product of the shares, versions recorded since the publication
// counterpart: ownershipLookThrough(holder:) { stakes { nodes { direct } } }, from company to company until the circle closes
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH path = (first:Party)-[:OWNS*2..8]->(first)
WHERE length(path) <= $longest
  AND all(r IN relationships(path) WHERE r.share > 0)
  AND all(node IN nodes(path) WHERE first.id <= node.id)
  AND all(node IN tail(nodes(path)) WHERE single(other IN tail(nodes(path)) WHERE other = node))
WITH nodes(path)[..-1] AS companies, [r IN relationships(path) | r.share] AS shares
WITH companies, shares, reduce(product = 1.0, share IN shares | product * share) AS product
WHERE product >= $least
RETURN [company IN companies | company.id] AS ids, [company IN companies | company.name] AS names, size(companies) AS count, shares, product,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY product DESC, ids
