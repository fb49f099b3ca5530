// purpose: notes format and identity of the store where there is none yet and tells them
// parameters: format
// rows: format, identity: an id made when the store was
MERGE (state:StoreState {id: 'store'})
  ON CREATE SET state.version = 0, state.sequence = 0, state.recordedAt = -9223372036854775808
SET state.format = coalesce(state.format, $format), state.identity = coalesce(state.identity, randomUUID())
RETURN state.format, state.identity
