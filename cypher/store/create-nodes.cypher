// purpose: creates nodes of one type, each with its fact and what it shows
// parameters: rows (lists of values)
// rows: none
UNWIND $rows AS row
CREATE (node:`@Type@` {`@Properties@`: row})
