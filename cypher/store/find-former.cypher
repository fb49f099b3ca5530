// purpose: finds every former recording about a node or, on request, about its relationships
// parameters: node, withRelationships
// rows: fact, sequence, first sequence, version, validity, provenance, content, kind, version that closed it, element
CALL {
  MATCH (former:Former {_node: $node}) RETURN former
  UNION
  MATCH (former:Former {_end: $node}) RETURN former
}
WITH former WHERE $withRelationships OR former._relationship = false
RETURN former._fact, former._seq, former._first, former._version, former._from, former._to, former._source, former._record, former._reliability, former._span, former._json, former._kind, former._closed, former._element
