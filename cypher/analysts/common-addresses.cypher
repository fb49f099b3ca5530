// purpose: addresses that several different parties give, which is how companies without premises of their own are found
// parameters: least (fewest parties), most (most parties; more are a registration agent's or an office tower's)
// rows: address, number of parties, ids, names, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (party:Party)-[:RECORDED_AS]->(record)
WHERE record.address IS NOT NULL
WITH record.address AS address, party ORDER BY party.id
WITH address, collect(DISTINCT party) AS parties
WHERE $least <= size(parties) <= $most
RETURN address, size(parties) AS count, [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY count DESC, address
