// purpose: parties that hold offices in several companies, with what those companies owe to brokers
// parameters: least (fewest companies), most (most companies; more are a professional's)
// rows: officer, name, companies, their names, debt of the companies, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (officer:Party)-[:SERVES|REPRESENTS]->(company:Party)
WITH officer, company ORDER BY company.id
WITH officer, collect(DISTINCT company) AS companies
WHERE $least <= size(companies) <= $most
RETURN officer.id AS officer, officer.name AS name, [company IN companies | company.id] AS ids, [company IN companies | company.name] AS names,
  reduce(sum = 0.0, owed IN COLLECT { UNWIND companies AS company MATCH (company)-[r:CLIENT_AT]->() RETURN r.debt } | sum + owed) AS debt,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, officer
