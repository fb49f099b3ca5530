// purpose: finds which nodes of one type exist and what fact each holds itself
// parameters: keys
// rows: key, the fact's properties with an underscore in front, or null where the node was only named
UNWIND $keys AS key
MATCH (node:`@Type@` {key: key})
RETURN key, CASE WHEN node._fact IS NULL THEN null ELSE [node._fact, node._seq, node._first, node._version, node._from, node._to, node._source, node._record, node._reliability, node._span, node._json] END
