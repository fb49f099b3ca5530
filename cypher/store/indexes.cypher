// purpose: lists the indexes of the database; a constraint has one of its own name
// parameters: none
// rows: name
SHOW INDEXES YIELD name RETURN name
