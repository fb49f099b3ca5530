// purpose: takes away the current form of further facts on nodes; what they said is kept as Former
// parameters: facts
// rows: none
UNWIND $facts AS fact
MATCH (statement:Statement {_fact: fact})
DELETE statement
