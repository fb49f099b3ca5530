// purpose: groups that stand or fall together, with the debt of all members at all brokers
// parameters: kinds (CONTROL or GUARANTEE or CONCERT; [] for all), least (smallest debt)
// rows: group, kind, members, debt, collateral, brokers, largest debtors
MATCH (group:RiskGroup)<-[:MEMBER_OF]-(member:Party)-[r:CLIENT_AT]->(broker:Broker)
WHERE size($kinds) = 0 OR group.kind IN $kinds
WITH group, member, broker, r ORDER BY r.debt DESC, member.id
WITH group, sum(r.debt) AS debt, sum(r.collateral) AS collateral, collect(DISTINCT broker.key) AS brokers, collect(DISTINCT member.name)[..5] AS largest
WHERE debt >= $least
RETURN group.id AS group, group.kind AS kind, group.members AS members, debt, collateral, brokers, largest
ORDER BY debt DESC, group
