// purpose: tells where a version's recordings end
// parameters: version
// rows: last sequence of the version
MATCH (set:ChangeSet {version: $version})
RETURN set.lastSequence
