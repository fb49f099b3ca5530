// purpose: who owns a company in the end, through any chain of holdings that visits no party twice: shares multiply along a chain and add over chains
// parameters: company (id such as Company/registry:C000001), depth (most holdings in a chain; at most 12), threshold (smallest share shown; 0 for all)
// rows: owner, name, share in the end, share held directly, chains, holdings in the shortest, whether nobody is known to own a part of the owner, versions recorded since the publication
// counterpart: ownershipLookThrough(company:, semantics: SIMPLE_PATH)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH path = (:Party {id: $company})<-[:OWNS*1..12]-(owner:Party)
WHERE length(path) <= $depth
  AND all(r IN relationships(path) WHERE r.share > 0)
  AND all(node IN nodes(path) WHERE single(other IN nodes(path) WHERE other = node))
WITH owner,
  sum(reduce(product = 1.0, r IN relationships(path) | product * r.share)) AS share,
  sum(CASE WHEN length(path) = 1 THEN relationships(path)[0].share ELSE 0.0 END) AS direct,
  count(*) AS chains, min(length(path)) AS shortest
WHERE round(share, 12) >= $threshold
RETURN owner.id AS owner, owner.name AS name, share, direct, chains, shortest,
  NOT EXISTS { MATCH (owner)<-[:OWNS]-(above:Party) WHERE above <> owner } AS ultimate,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY share DESC, owner
