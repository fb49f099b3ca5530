// purpose: what is wrong or remarkable, by kind
// parameters: kinds (kinds shown; [] for all)
// rows: kind, detail, number concerned, parties, names, day
// counterpart: ownershipLookThrough(company:) { findings } for SHARES_ABOVE_ONE and SHARE_UNKNOWN; for circles see guarantee-circles and cross-holdings
MATCH (finding:Finding)-[:ABOUT]->(party:Party)
WHERE size($kinds) = 0 OR finding.kind IN $kinds
WITH finding, party ORDER BY party.id
WITH finding, collect(party.id) AS ids, collect(party.name) AS names
RETURN finding.kind AS kind, finding.detail AS detail, finding.amount AS amount, ids, names, finding.asOf AS asOf
ORDER BY kind, amount DESC, ids
