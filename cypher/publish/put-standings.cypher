// purpose: puts in place what parties owe to their brokers
// parameters: run, rows
// rows: number of rows written; none where a later publication has begun
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'WRITING'
WITH publication
UNWIND $rows AS row
MATCH (party:Party {id: row.start})
MATCH (broker:Broker {key: row.end})
MERGE (party)-[r:CLIENT_AT {id: row.id}]->(broker)
SET r += row.shown, r._run = $run
RETURN count(*)
