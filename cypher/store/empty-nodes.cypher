// purpose: takes their own fact from nodes of one type when it was retracted; the nodes stay for their relationships
// parameters: keys
// rows: none
UNWIND $keys AS key
MATCH (node:`@Type@` {key: key})
SET node = {key: key}
