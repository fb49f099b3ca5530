// purpose: counts the relationships of one type that no publication has put there
// parameters: none
// rows: number
MATCH ()-[r:`@Type@`]->()
WHERE r.`@Mark@` IS NULL
RETURN count(r)
