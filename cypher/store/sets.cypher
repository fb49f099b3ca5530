// purpose: lists the ChangeSets after a version that changed something
// parameters: after, limit
// rows: version, time of recording (ms), id, author
MATCH (set:ChangeSet)
WHERE set.version > $after
RETURN set.version, set.recordedAt, set.id, set.author
ORDER BY set.version
LIMIT $limit
