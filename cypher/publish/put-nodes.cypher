// purpose: puts derived nodes of one label in place; what people have put beside stays
// parameters: run, rows
// rows: number of rows written; none where a later publication has begun
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'WRITING'
WITH publication
UNWIND $rows AS row
MERGE (node:`@Label@` {id: row.id})
SET node += row.shown, node._run = $run
RETURN count(*)
