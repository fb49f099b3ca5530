// purpose: lists the ChangeSets that changed nothing, of which only the id matters
// parameters: after, limit
// rows: id
MATCH (set:ChangeSet)
WHERE set.version IS NULL AND set.id > $after
RETURN set.id
ORDER BY set.id
LIMIT $limit
