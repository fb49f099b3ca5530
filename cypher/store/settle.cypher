// purpose: waits until every commit that can be seen is seen whole; an append holds this lock until its commit has been applied
// parameters: none
// rows: none
MATCH (state:StoreState {id: 'store'})
SET state.lock = coalesce(state.lock, 0) + 1
