// purpose: drops relationships of one type that former publications left, in transactions of their own
// parameters: run
// rows: number of relationships dropped
MATCH ()-[r:`@Type@`]->()
WHERE r._run < $run
CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS
RETURN count(*)
