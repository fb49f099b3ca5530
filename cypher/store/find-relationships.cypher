// purpose: finds relationships of one type by their fact ids
// parameters: facts
// rows: properties, labels and key of the start, labels and key of the end
UNWIND $facts AS fact
MATCH (start)-[r:`@Type@` {_fact: fact}]->(end)
RETURN properties(r), labels(start), start.key, labels(end), end.key
