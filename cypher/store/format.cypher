// purpose: notes the format of the store where there is none yet and tells it
// parameters: format
// rows: format
MERGE (state:StoreState {id: 'store'})
  ON CREATE SET state.version = 0, state.sequence = 0, state.recordedAt = -9223372036854775808, state.format = $format
RETURN state.format
