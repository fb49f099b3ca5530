// purpose: finds facts that were retracted, with their first sequence
// parameters: facts
// rows: fact, first sequence
UNWIND $facts AS fact
MATCH (former:Former {_fact: fact})
WHERE former._kind = 'Retract' AND former._closed IS NULL
RETURN fact, former._first
