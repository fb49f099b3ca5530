// purpose: creates nodes of one type, each with its fact
// parameters: rows
// rows: none
UNWIND $rows AS row
CREATE (node:`@Type@`)
SET node = row
