// purpose: guarantors that owe money to brokers themselves, with the debtors they answer for: cover that fails when it is needed
// parameters: least (smallest debt of the guarantor)
// rows: guarantor, name, its debt, its grade or null, debtors, their names, debt of the debtors, amount guaranteed as far as stated, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (guarantor:Client)-[b:BACKS]->(debtor:Party)
WITH guarantor, debtor, sum(b.amount) AS amount ORDER BY debtor.id
WITH guarantor, debtor, amount,
  COLLECT { MATCH (guarantor)-[r:CLIENT_AT]->() RETURN sum(r.debt) }[0] AS owes,
  COLLECT { MATCH (debtor)-[r:CLIENT_AT]->() RETURN sum(r.debt) }[0] AS owed
WHERE owes >= $least AND owes > 0
OPTIONAL MATCH (guarantor)-[:SCORED]->(score:Score)
RETURN guarantor.id AS guarantor, guarantor.name AS name, owes AS debt, score.grade AS grade, collect(debtor.id) AS debtors, collect(debtor.name) AS names,
  sum(owed) AS debtorsDebt, sum(amount) AS guaranteed,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, guarantor
