// purpose: drops nodes of one label that former publications left, in transactions of their own
// parameters: run
// rows: number of nodes dropped
MATCH (node:`@Label@`)
WHERE node._run < $run
CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS
RETURN count(*)
