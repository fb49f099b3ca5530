// purpose: finds further facts on nodes by their ids
// parameters: facts
// rows: fact, sequence, first sequence, version, validity, provenance and content
UNWIND $facts AS fact
MATCH (statement:Statement {_fact: fact})
RETURN statement._fact, statement._seq, statement._first, statement._version, statement._from, statement._to, statement._source, statement._record, statement._reliability, statement._span, statement._json
