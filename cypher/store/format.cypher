// purpose: notes format and identity of the store where there is none yet, and of one that has noted nothing of the schema the types it holds; moves an earlier format on, and tells them
// parameters: format, types
// rows: format, identity: an id made when the store was
MERGE (state:StoreState {id: 'store'})
  ON CREATE SET state.version = 0, state.sequence = 0, state.recordedAt = -9223372036854775808
SET state.format = CASE WHEN state.format > $format THEN state.format ELSE $format END,
    state.identity = coalesce(state.identity, randomUUID()),
    state.schema = coalesce(state.schema, $types)
RETURN state.format, state.identity
