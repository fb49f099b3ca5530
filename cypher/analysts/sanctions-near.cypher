// purpose: entries on lists of parties within so many ties of a party; entries that were removed or have run out do not count
// parameters: party (id of the party), steps (most ties; at most 4), kinds (kinds of lists such as ['SANCTION'])
// rows: listed party, name, ties between, list, kind, reference, published on, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (start:Party {id: $party}), (publication:Publication {id: 'current'})
CALL (start) {
  RETURN start AS near, 0 AS ties
  UNION
  MATCH path = (start)-[:OWNS|CONTROLS|ACTS_WITH|REPRESENTS|SERVES|BACKS|ASSOCIATED_WITH|SHARES_ACCOUNT_WITH*1..4]-(near:Party)
  WHERE length(path) <= $steps AND near <> start
  RETURN near, min(length(path)) AS ties
}
MATCH (near)-[:RECORDED_AS]->()-[r:LISTED_AS]->(listing:Listing)
WHERE listing.kind IN $kinds AND r._from <= publication._asOf < r._to
  AND coalesce(listing.removedOn > publication.asOf, true) AND coalesce(listing.expiresOn >= publication.asOf, true)
RETURN DISTINCT near.id AS party, near.name AS name, ties, listing.list AS list, listing.kind AS kind, listing.reference AS reference, listing.publishedOn AS publishedOn,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY ties, party, list, reference
