// purpose: lists the indexes of the database; a constraint has one of its own name
// parameters: none
// rows: name, kind, whether of nodes or relationships, labels or types, properties, whether a constraint rests on it
SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint
WHERE type <> 'LOOKUP'
RETURN name, type, entityType, labelsOrTypes, properties, owningConstraint IS NOT NULL
