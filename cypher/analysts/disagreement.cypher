// purpose: parties whose source records state different values of an attribute
// parameters: attribute (name of the property such as address)
// rows: party, name, value believed, values stated each with the records that state it, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (party:Party)-[:RECORDED_AS]->(record)
WHERE record[$attribute] IS NOT NULL
WITH party, record[$attribute] AS value, record ORDER BY record.key
WITH party, value, collect(record.key) AS records ORDER BY value
WITH party, collect({value: value, records: records}) AS statements
WHERE size(statements) > 1
RETURN party.id AS party, party.name AS name, party[$attribute] AS believed, statements,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY size(statements) DESC, party
