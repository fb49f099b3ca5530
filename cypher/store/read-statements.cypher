// purpose: reads further facts on nodes of one type, a page in the order of recording
// parameters: type, after, through, limit
// rows: fact, sequence, first sequence, version, validity, provenance, content, node id
MATCH (statement:Statement)
WHERE statement._type = $type AND statement._seq > $after AND statement._seq <= $through
RETURN statement._fact, statement._seq, statement._first, statement._version, statement._from, statement._to, statement._source, statement._record, statement._reliability, statement._span, statement._json, statement._node
ORDER BY statement._seq
LIMIT $limit
