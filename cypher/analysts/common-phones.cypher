// purpose: telephone numbers that several different parties give
// parameters: least (fewest parties), most (most parties; more are a call centre's)
// rows: phone, number of parties, ids, names
MATCH (party:Party)-[:RECORDED_AS]->(record)
WHERE record.phone IS NOT NULL
WITH record.phone AS phone, party ORDER BY party.id
WITH phone, collect(DISTINCT party) AS parties
WHERE $least <= size(parties) <= $most
RETURN phone, size(parties) AS count, [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names
ORDER BY count DESC, phone
