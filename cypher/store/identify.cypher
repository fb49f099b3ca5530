// purpose: ties nodes of one type to the identifiers their facts state; ties stay when a fact is retracted and are checked by the reader
// parameters: rows
// rows: none
UNWIND $rows AS row
MATCH (node:`@Type@` {key: row.key})
MERGE (identifier:Identifier {key: row.identifier})
MERGE (node)-[:IDENTIFIED_BY]->(identifier)
