// purpose: says that the publication is whole
// parameters: run
// rows: number of the run
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'COMPLETE'
RETURN publication.run
