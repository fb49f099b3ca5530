// purpose: reads the further facts of one node
// parameters: node
// rows: fact, sequence, first sequence, version, validity, provenance, content, node id
MATCH (statement:Statement {_node: $node})
RETURN statement._fact, statement._seq, statement._first, statement._version, statement._from, statement._to, statement._source, statement._record, statement._reliability, statement._span, statement._json, statement._node
