// purpose: reads relationships of one type, a page in the order of recording
// parameters: after, through, limit
// rows: fact, sequence, first sequence, version, validity, provenance, content, types of the ends, key of the start, key of the end, own key
MATCH (start)-[r:`@Type@`]->(end)
WHERE r._seq > $after AND r._seq <= $through
RETURN r._fact, r._seq, r._first, r._version, r._from, r._to, r._source, r._record, r._reliability, r._span, r._json, r._ends, start.key, end.key, r._key
ORDER BY r._seq
LIMIT $limit
