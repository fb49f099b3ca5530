// purpose: finds faults of the store's own bookkeeping
// parameters: none
// rows: a sentence for each fault
MATCH (state:StoreState {id: 'store'})
OPTIONAL MATCH (set:ChangeSet)
WITH state, max(set.version) AS newest, count(set.version) AS versions
WITH state, coalesce(newest, 0) AS newest, versions
UNWIND [
  CASE WHEN newest <> state.version THEN 'The newest ChangeSet is ' + newest + ', the state says ' + state.version + '.' END,
  CASE WHEN versions <> state.version THEN 'There are ' + versions + ' versions, the state says ' + state.version + '.' END
] AS fault
WITH fault WHERE fault IS NOT NULL
RETURN fault
