// purpose: takes the write lock of the store and tells its state; appends wait here for one another, so versions become visible in order
// parameters: changeSet
// rows: version, last sequence, time of the last recording (ms), whether the ChangeSet is known, version it made (null where it changed nothing), how much is noted of the schema
MERGE (state:StoreState {id: 'store'})
  ON CREATE SET state.version = 0, state.sequence = 0, state.recordedAt = -9223372036854775808
SET state.lock = coalesce(state.lock, 0) + 1
WITH state
OPTIONAL MATCH (known:ChangeSet {id: $changeSet})
RETURN state.version, state.sequence, state.recordedAt, known IS NOT NULL, known.version, size(coalesce(state.schema, []))
