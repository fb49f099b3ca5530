// purpose: counts the relationships of one type that are no facts: they are others'
// parameters: none
// rows: number
MATCH ()-[r:`@Type@`]->()
WHERE r._fact IS NULL
RETURN count(r)
