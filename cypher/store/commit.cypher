// purpose: records a ChangeSet and moves the store's state on
// parameters: id, author, version, lastSequence, recordedAt, changed
// rows: none
MATCH (state:StoreState {id: 'store'})
CREATE (set:ChangeSet {id: $id, author: $author, recordedAt: $recordedAt})
FOREACH (ignored IN CASE WHEN $changed THEN [1] ELSE [] END |
  SET set.version = $version, set.lastSequence = $lastSequence,
      state.version = $version, state.sequence = $lastSequence, state.recordedAt = $recordedAt)
