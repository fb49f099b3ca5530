// purpose: finds which nodes of one type exist and what stands on each
// parameters: keys
// rows: properties
UNWIND $keys AS key
MATCH (node:`@Type@` {key: key})
RETURN properties(node)
