// purpose: parties whose source records state different values of an attribute
// parameters: attribute (name of the property such as address)
// rows: party, name, value believed, values stated each with the records that state it
MATCH (party:Party)-[:RECORDED_AS]->(record)
WHERE record[$attribute] IS NOT NULL
WITH party, record[$attribute] AS value, record ORDER BY record.key
WITH party, value, collect(record.key) AS records ORDER BY value
WITH party, collect({value: value, records: records}) AS statements
WHERE size(statements) > 1
RETURN party.id AS party, party.name AS name, party[$attribute] AS believed, statements
ORDER BY size(statements) DESC, party
