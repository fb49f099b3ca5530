// purpose: finds nodes of one label by words of properties; Chinese is cut into pairs of characters
// parameters: none
// rows: none
CREATE FULLTEXT INDEX `@Name@` IF NOT EXISTS
FOR (node:`@Type@`) ON EACH [node.`@Each@`]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
