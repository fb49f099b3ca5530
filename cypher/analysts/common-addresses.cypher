// purpose: addresses that several different parties give, which is how companies without premises of their own are found
// parameters: least (fewest parties), most (most parties; more are a registration agent's or an office tower's)
// rows: address, number of parties, ids, names
MATCH (party:Party)-[:RECORDED_AS]->(record)
WHERE record.address IS NOT NULL
WITH record.address AS address, party ORDER BY party.id
WITH address, collect(DISTINCT party) AS parties
WHERE $least <= size(parties) <= $most
RETURN address, size(parties) AS count, [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names
ORDER BY count DESC, address
