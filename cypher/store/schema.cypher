// purpose: tells what of the schema the store has taken facts of, by whatever program
// parameters: none
// rows: types, fields (TYPE.FIELD) and names of enumerations (TYPE.FIELD=NAME)
OPTIONAL MATCH (state:StoreState {id: 'store'})
RETURN coalesce(state.schema, [])
