// purpose: counts the nodes of one label that no fact stands on or leads to: they are others'
// parameters: none
// rows: number
MATCH (node:`@Type@`)
WHERE node._seq IS NULL AND NOT EXISTS { MATCH (node)-[r]-() WHERE r._fact IS NOT NULL }
RETURN count(node)
