// purpose: takes away the current form of relationships of one type; what they said is kept as Former
// parameters: facts
// rows: none
UNWIND $facts AS fact
MATCH ()-[r:`@Type@` {_fact: fact}]->()
DELETE r
