// purpose: reads relationships of one type, a page in the order of recording
// parameters: after, through, limit
// rows: properties, labels and key of the start, labels and key of the end
MATCH (start)-[r:`@Type@`]->(end)
WHERE r._seq > $after AND r._seq <= $through
RETURN properties(r), labels(start), start.key, labels(end), end.key
ORDER BY r._seq
LIMIT $limit
