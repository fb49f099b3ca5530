// purpose: reads facts that nodes of one type hold themselves, a page in the order of recording
// parameters: after, through, limit
// rows: fact, sequence, first sequence, version, validity, provenance, content, key
MATCH (node:`@Type@`)
WHERE node._seq > $after AND node._seq <= $through
RETURN node._fact, node._seq, node._first, node._version, node._from, node._to, node._source, node._record, node._reliability, node._span, node._json, node.key
ORDER BY node._seq
LIMIT $limit
