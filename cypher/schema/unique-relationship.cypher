// purpose: lets no two relationships of one type have the same value of a property, and finds them by it
// parameters: none
// rows: none
CREATE CONSTRAINT `@Name@` IF NOT EXISTS
FOR ()-[r:`@Type@`]-() REQUIRE r.`@Property@` IS UNIQUE
