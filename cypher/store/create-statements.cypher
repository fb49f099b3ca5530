// purpose: records further facts on nodes of one type that have one already
// parameters: rows (lists of values)
// rows: none
UNWIND $rows AS row
CREATE (statement:Statement {`@Properties@`: row})
