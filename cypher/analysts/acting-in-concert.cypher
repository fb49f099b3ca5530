// purpose: agreements in force to act in concert, who is bound, and what they control only together
// parameters: none
// rows: agreement, reference, concluded on, members, names, companies they control only together
// counterpart: controllers(company:) { control { agreement } }
MATCH (group:RiskGroup {kind: 'CONCERT'})<-[:MEMBER_OF]-(member:Party)
WITH group, member ORDER BY member.id
WITH group, collect(member.id) AS ids, collect(member.name) AS names
MATCH (agreement:Agreement {key: substring(group.key, size('Agreement/'))})
RETURN group.key AS agreement, agreement.reference AS reference, agreement.concludedOn AS concludedOn, ids, names,
  COLLECT {
    MATCH (:Party)-[r:JOINTLY_CONTROLS]->(company:Party) WHERE r.via = group.key
    WITH DISTINCT company ORDER BY company.name, company.id
    RETURN company.name
  } AS companies
ORDER BY agreement
