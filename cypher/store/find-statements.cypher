// purpose: finds further facts on nodes by their ids
// parameters: facts
// rows: properties
UNWIND $facts AS fact
MATCH (statement:Statement {_fact: fact})
RETURN properties(statement)
