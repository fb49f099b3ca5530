// purpose: finds every recording about a node and, on request, about its relationships; former ones last, since what others replace meanwhile goes from the graph to them
// parameters: key, node, withRelationships
// rows: type of the relationship (empty for a fact on the node, null for a former recording), properties, labels and key of the start, labels and key of the end
MATCH (node:`@Type@` {key: $key})
RETURN '' AS type, properties(node) AS said, null AS from, null AS start, null AS to, null AS end
UNION ALL
MATCH (statement:Statement {_node: $node})
RETURN '' AS type, properties(statement) AS said, null AS from, null AS start, null AS to, null AS end
UNION ALL
MATCH (node:`@Type@` {key: $key}) WHERE $withRelationships
MATCH (node)-[r]-() WHERE r._fact IS NOT NULL
WITH DISTINCT r, startNode(r) AS one, endNode(r) AS other
RETURN type(r) AS type, properties(r) AS said, labels(one) AS from, one.key AS start, labels(other) AS to, other.key AS end
UNION ALL
MATCH (former:Former {_node: $node}) WHERE $withRelationships OR former._relationship = false
RETURN null AS type, properties(former) AS said, null AS from, null AS start, null AS to, null AS end
UNION ALL
MATCH (former:Former {_end: $node}) WHERE $withRelationships
RETURN null AS type, properties(former) AS said, null AS from, null AS start, null AS to, null AS end
