// purpose: reads recordings of one type that later ones replaced or retracted, and retractions, a page in the order of recording
// parameters: type, after, through, limit
// rows: properties
MATCH (former:Former)
WHERE former._type = $type AND former._seq > $after AND former._seq <= $through
RETURN properties(former)
ORDER BY former._seq
LIMIT $limit
