// purpose: puts derived relationships of one type between derived nodes of two labels in place
// parameters: run, rows
// rows: number of rows written; none where a later publication has begun
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'WRITING'
WITH publication
UNWIND $rows AS row
MATCH (start:`@From@` {id: row.start})
MATCH (end:`@To@` {id: row.end})
MERGE (start)-[r:`@Type@` {id: row.id}]->(end)
SET r += row.shown, r._run = $run
RETURN count(*)
