// purpose: finds relationships of one type by their fact ids
// parameters: facts
// rows: fact, sequence, first sequence, version, validity, provenance and content
UNWIND $facts AS fact
MATCH ()-[r:`@Type@` {_fact: fact}]->()
RETURN r._fact, r._seq, r._first, r._version, r._from, r._to, r._source, r._record, r._reliability, r._span, r._json
