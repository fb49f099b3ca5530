// purpose: telephone numbers that several different parties give
// parameters: least (fewest parties), most (most parties; more are a call centre's)
// rows: phone, number of parties, ids, names, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (party:Party)-[:RECORDED_AS]->(record)
WHERE record.phone IS NOT NULL
WITH record.phone AS phone, party ORDER BY party.id
WITH phone, collect(DISTINCT party) AS parties
WHERE $least <= size(parties) <= $most
RETURN phone, size(parties) AS count, [party IN parties | party.id] AS ids, [party IN parties | party.name] AS names,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY count DESC, phone
