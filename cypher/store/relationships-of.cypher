// purpose: reads the relationships of one node, in both directions
// parameters: key
// rows: fact, sequence, first sequence, version, validity, provenance, content, types of the ends, key of the start, key of the end, own key, type
MATCH (node:`@Type@` {key: $key})-[r]-()
WHERE r._fact IS NOT NULL
WITH DISTINCT r
RETURN r._fact, r._seq, r._first, r._version, r._from, r._to, r._source, r._record, r._reliability, r._span, r._json, r._ends, startNode(r).key, endNode(r).key, r._key, type(r)
