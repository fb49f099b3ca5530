// purpose: keeps recordings that later ones replaced or retracted, and the retractions themselves
// parameters: rows
// rows: none
UNWIND $rows AS row
CREATE (former:Former)
SET former = row
