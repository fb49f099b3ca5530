// purpose: creates relationships of one type between nodes of two types, making nodes that nothing has described yet
// parameters: rows
// rows: none
UNWIND $rows AS row
MERGE (start:`@From@` {key: row.start})
MERGE (end:`@To@` {key: row.end})
CREATE (start)-[r:`@Type@`]->(end)
SET r = row.fact
