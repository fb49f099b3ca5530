// purpose: ties parties to their source records of one type
// parameters: run, rows
// rows: number of rows written; none where a later publication has begun
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'WRITING'
WITH publication
UNWIND $rows AS row
MATCH (party:Party {id: row.party})
MATCH (record:`@Type@` {key: row.key})
MERGE (party)-[r:RECORDED_AS]->(record)
SET r._run = $run
RETURN count(*)
