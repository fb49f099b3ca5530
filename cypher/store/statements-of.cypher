// purpose: reads the further facts of nodes
// parameters: nodes
// rows: properties
UNWIND $nodes AS node
MATCH (statement:Statement {_node: node})
RETURN properties(statement)
