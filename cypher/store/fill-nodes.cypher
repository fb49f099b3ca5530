// purpose: makes nodes of one type that exist hold and show what they have to, and nothing else; without a fact they stay for their relationships
// parameters: rows (lists of values beginning with the key)
// rows: none
UNWIND $rows AS row
MATCH (node:`@Type@` {key: row[0]})
SET node = {`@Properties@`: row}
