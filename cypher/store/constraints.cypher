// purpose: lists the constraints of the database, those without an index among them
// parameters: none
// rows: name, kind, whether of nodes or relationships, labels or types, properties, true
SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties
RETURN name, type, entityType, labelsOrTypes, properties, true
