// purpose: parties that hold offices in several companies, with what those companies owe to brokers
// parameters: least (fewest companies), most (most companies; more are a professional's)
// rows: officer, name, companies, their names, debt of the companies
MATCH (officer:Party)-[:SERVES|REPRESENTS]->(company:Party)
WITH officer, company ORDER BY company.id
WITH officer, collect(DISTINCT company) AS companies
WHERE $least <= size(companies) <= $most
RETURN officer.id AS officer, officer.name AS name, [company IN companies | company.id] AS ids, [company IN companies | company.name] AS names,
  reduce(sum = 0.0, owed IN COLLECT { UNWIND companies AS company MATCH (company)-[r:CLIENT_AT]->() RETURN r.debt } | sum + owed) AS debt
ORDER BY debt DESC, officer
