// purpose: agreements in force to act in concert, who is bound, and what they control only together
// parameters: none
// rows: agreement, reference, concluded on, members, names, companies they control only together, their ids in the same order, versions recorded since the publication
// counterpart: controllers(company:) { control { agreement } }
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (group:RiskGroup {kind: 'CONCERT'})<-[:MEMBER_OF]-(member:Party)
WITH group, member ORDER BY member.id
WITH group, collect(member.id) AS ids, collect(member.name) AS names
MATCH (agreement:Agreement {key: substring(group.key, size('Agreement/'))})
RETURN group.key AS agreement, agreement.reference AS reference, agreement.concludedOn AS concludedOn, ids, names,
  COLLECT {
    MATCH (:Party)-[r:JOINTLY_CONTROLS]->(company:Party) WHERE r.via = group.key
    WITH DISTINCT company ORDER BY company.name, company.id
    RETURN company.name
  } AS companies,
  COLLECT {
    MATCH (:Party)-[r:JOINTLY_CONTROLS]->(company:Party) WHERE r.via = group.key
    WITH DISTINCT company ORDER BY company.name, company.id
    RETURN company.id
  } AS companyIds,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY agreement
