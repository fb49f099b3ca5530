// purpose: makes nodes of one type that exist hold and show what they have to; without a fact they stay for their relationships, and what people or a later program put beside stays
// parameters: rows (lists of values beginning with the key)
// rows: none
UNWIND $rows AS row
MATCH (node:`@Type@` {key: row[0]})
SET node += {`@Properties@`: row}
REMOVE node._fact
