// purpose: waits until every index can be used
// parameters: none
// rows: none
CALL db.awaitIndexes(300)
