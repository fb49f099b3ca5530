// purpose: ends retractions of facts that are asserted again
// parameters: facts, version
// rows: none
UNWIND $facts AS fact
MATCH (former:Former {_fact: fact})
WHERE former._kind = 'Retract' AND former._closed IS NULL
SET former._closed = $version
