// purpose: lets no two nodes of one label have the same value of a property, and finds them by it
// parameters: none
// rows: none
CREATE CONSTRAINT `@Name@` IF NOT EXISTS
FOR (node:`@Type@`) REQUIRE node.`@Property@` IS UNIQUE
