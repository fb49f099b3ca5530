// purpose: counts the nodes of one label that no publication has put there
// parameters: none
// rows: number
MATCH (node:`@Type@`)
WHERE node.`@Mark@` IS NULL
RETURN count(node)
