// purpose: lists labels and relationship types of which there is anything
// parameters: none
// rows: name
CALL db.labels() YIELD label
RETURN label AS type
UNION
CALL db.relationshipTypes() YIELD relationshipType
RETURN relationshipType AS type
