// purpose: tells the newest version of the store
// parameters: none
// rows: version, last sequence, time of the last recording (ms), how much is noted of the schema
MATCH (state:StoreState {id: 'store'})
RETURN state.version, state.sequence, state.recordedAt, size(coalesce(state.schema, []))
