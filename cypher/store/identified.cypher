// purpose: lists the nodes that were ever tied to an identifier
// parameters: identifier
// rows: labels of the node, its key
MATCH (:Identifier {key: $identifier})<-[:IDENTIFIED_BY]-(node)
RETURN labels(node), node.key
