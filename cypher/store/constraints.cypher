// purpose: lists the constraints of the database
// parameters: none
// rows: name
SHOW CONSTRAINTS YIELD name RETURN name
