// purpose: waits until every index can be used; over a database loaded in bulk for as long as the request may take
// parameters: none
// rows: none
CALL db.awaitIndexes(7200)
