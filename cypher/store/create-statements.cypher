// purpose: records further facts on nodes that have one already, and shows them on the node where they are the newest of the most reliable
// parameters: rows
// rows: none
UNWIND $rows AS row
MATCH (node:`@Type@` {key: row.key})
CREATE (statement:Statement)
SET statement = row.fact
FOREACH (ignored IN CASE WHEN row.priority >= coalesce(node._shown, -1) THEN [1] ELSE [] END |
  SET node += row.shown, node._shown = row.priority)
