// purpose: reads recordings of one type that later ones replaced or retracted, and retractions, a page in the order of recording
// parameters: type, after, through, limit
// rows: fact, sequence, first sequence, version, validity, provenance, content, kind, version that closed it, element
MATCH (former:Former)
WHERE former._type = $type AND former._seq > $after AND former._seq <= $through
RETURN former._fact, former._seq, former._first, former._version, former._from, former._to, former._source, former._record, former._reliability, former._span, former._json, former._kind, former._closed, former._element
ORDER BY former._seq
LIMIT $limit
