// purpose: creates relationships of one type between nodes of two types, making nodes that nothing has described yet
// parameters: rows (lists of values beginning with the keys of both ends)
// rows: none
UNWIND $rows AS row
MERGE (start:`@From@` {key: row[0]})
MERGE (end:`@To@` {key: row[1]})
CREATE (start)-[:`@Type@` {`@Properties@`: row}]->(end)
