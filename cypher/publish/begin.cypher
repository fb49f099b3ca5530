// purpose: begins a publication in the place of the former one; whoever still writes that one is refused from here on
// parameters: about
// rows: number of the run
MERGE (publication:Publication {id: 'current'})
  ON CREATE SET publication.run = 0
SET publication += $about, publication.run = publication.run + 1, publication.state = 'WRITING'
RETURN publication.run
