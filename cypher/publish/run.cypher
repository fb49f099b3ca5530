// purpose: tells which publication was begun last
// parameters: none
// rows: number of the run
MATCH (publication:Publication {id: 'current'})
RETURN publication.run
