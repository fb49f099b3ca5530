// purpose: finds nodes of one label by properties, and reads them in their order
// parameters: none
// rows: none
CREATE INDEX `@Name@` IF NOT EXISTS
FOR (node:`@Type@`) ON (node.`@Each@`)
