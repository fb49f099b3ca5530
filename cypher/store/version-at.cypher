// purpose: finds the newest version recorded at or before an instant
// parameters: recordedAt
// rows: version, time of its recording (ms)
MATCH (set:ChangeSet)
WHERE set.version > 0 AND set.recordedAt <= $recordedAt
RETURN set.version, set.recordedAt
ORDER BY set.version DESC
LIMIT 1
