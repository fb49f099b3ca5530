// purpose: gives nodes of one type that exist a fact of their own, or a new content of it
// parameters: rows
// rows: none
UNWIND $rows AS row
MATCH (node:`@Type@` {key: row.key})
SET node += row
