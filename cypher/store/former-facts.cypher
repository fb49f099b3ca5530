// purpose: lists the facts of one type that were recorded more than once
// parameters: type
// rows: fact, element
MATCH (former:Former)
WHERE former._type = $type AND former._seq > 0
RETURN DISTINCT former._fact, former._element
