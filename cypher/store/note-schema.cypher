// purpose: notes what of the schema the store takes facts of for the first time, all of it, in order; a program with an earlier schema sees by it what it does not know
// parameters: elements
// rows: none
MATCH (state:StoreState {id: 'store'})
SET state.schema = $elements
