// purpose: who controls a company by majority of votes, alone with all it controls, or together with the other parties of an agreement
// parameters: company (id such as Company/registry:C000001)
// rows: controllers, their names, votes they command, agreement or null, whether nobody controls the controller, versions recorded since the publication
// counterpart: controllers(company:)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (controller:Party)-[r:CONTROLS]->(:Party {id: $company})
RETURN [controller.id] AS controllers, [controller.name] AS names, r.votes AS votes, null AS agreement, r.isUltimate AS ultimate,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
UNION ALL
MATCH (member:Party)-[r:JOINTLY_CONTROLS]->(:Party {id: $company})
WITH r.via AS agreement, r.votes AS votes, r.isUltimate AS ultimate, member ORDER BY member.id
RETURN collect(member.id) AS controllers, collect(member.name) AS names, votes, agreement, ultimate,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
