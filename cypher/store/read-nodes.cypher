// purpose: reads facts that nodes of one type hold themselves, a page in the order of recording
// parameters: after, through, limit
// rows: properties
MATCH (node:`@Type@`)
WHERE node._seq > $after AND node._seq <= $through
RETURN properties(node)
ORDER BY node._seq
LIMIT $limit
