// purpose: reads further facts on nodes of one type, a page in the order of recording
// parameters: type, after, through, limit
// rows: properties
MATCH (statement:Statement)
WHERE statement._type = $type AND statement._seq > $after AND statement._seq <= $through
RETURN properties(statement)
ORDER BY statement._seq
LIMIT $limit
