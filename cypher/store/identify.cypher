// purpose: ties nodes of one type to the identifiers their facts state; ties stay when a fact is retracted and are checked by the reader
// parameters: rows (lists of key and identifier)
// rows: none
UNWIND $rows AS row
MATCH (node:`@Type@` {key: row[0]})
MERGE (identifier:Identifier {key: row[1]})
MERGE (node)-[:IDENTIFIED_BY]->(identifier)
