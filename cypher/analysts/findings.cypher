// purpose: what is wrong or remarkable, by kind
// parameters: kinds (kinds shown; [] for all)
// rows: kind, detail, number concerned, parties, names, day, versions recorded since the publication
// counterpart: ownershipLookThrough(company:) { findings } for SHARES_ABOVE_ONE and SHARE_UNKNOWN; for circles see guarantee-circles and cross-holdings
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (finding:Finding)-[:ABOUT]->(party:Party)
WHERE size($kinds) = 0 OR finding.kind IN $kinds
WITH finding, party ORDER BY party.id
WITH finding, collect(party.id) AS ids, collect(party.name) AS names
RETURN finding.kind AS kind, finding.detail AS detail, finding.amount AS amount, ids, names, finding.asOf AS asOf,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY kind, amount DESC, ids
