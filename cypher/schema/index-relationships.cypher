// purpose: finds relationships of one type by properties, and reads them in their order
// parameters: none
// rows: none
CREATE INDEX `@Name@` IF NOT EXISTS
FOR ()-[r:`@Type@`]-() ON (r.`@Each@`)
