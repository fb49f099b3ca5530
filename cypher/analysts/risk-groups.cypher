// purpose: groups that stand or fall together, with the debt of all members at all brokers
// parameters: kinds (CONTROL or GUARANTEE or CONCERT; [] for all), least (smallest debt)
// rows: group, kind, members, debt, collateral, brokers, largest debtors, their ids, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (group:RiskGroup)<-[:MEMBER_OF]-(member:Party)-[r:CLIENT_AT]->(broker:Broker)
WHERE size($kinds) = 0 OR group.kind IN $kinds
WITH group, member, broker, r ORDER BY r.debt DESC, member.id
WITH group, sum(r.debt) AS debt, sum(r.collateral) AS collateral, collect(DISTINCT broker.key) AS brokers, collect(DISTINCT member)[..5] AS debtors
WHERE debt >= $least
RETURN group.id AS group, group.kind AS kind, group.members AS members, debt, collateral, brokers,
  [debtor IN debtors | debtor.name] AS largest, [debtor IN debtors | debtor.id] AS largestIds,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, group
