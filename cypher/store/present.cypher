// purpose: tells whether the database holds a store, and what of the schema that has noted
// parameters: none
// rows: whether there is a store, what it has noted (null where it was last written by a program that noted nothing)
OPTIONAL MATCH (state:StoreState {id: 'store'})
RETURN state.version IS NOT NULL, state.schema
