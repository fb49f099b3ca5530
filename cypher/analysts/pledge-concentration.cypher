// purpose: how much of each security is pledged under outstanding contracts over all brokers; market-wide at most half may be
// parameters: least (smallest part of the shares outstanding shown)
// rows: security, name, contracts, clients, brokers, shares pledged, part of the shares outstanding, value at the last close, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (publication:Publication {id: 'current'})
MATCH (contract:PledgeContract|RepoContract)-[p:PLEDGED]->(security:Security)
WHERE contract.status <> 'CLOSED' AND p._from <= publication._asOf
WITH publication, contract, security, p ORDER BY p._from DESC
WITH publication, contract, security, collect(p)[0] AS pledge
WHERE pledge._to > publication._asOf
WITH security, sum(pledge.quantity) AS pledged, collect(contract) AS contracts
WHERE security.sharesOutstanding > 0 AND pledged / security.sharesOutstanding >= $least
RETURN security.key AS security, security.name AS name, size(contracts) AS contracts,
  COUNT { UNWIND contracts AS contract MATCH (contract)<-[:CONTRACTED]-()<-[:RECORDED_AS]-(client:Party) RETURN DISTINCT client } AS clients,
  COUNT { UNWIND contracts AS contract MATCH (contract)-[:GRANTED_BY]->(broker:Broker) RETURN DISTINCT broker } AS brokers,
  pledged, pledged / security.sharesOutstanding AS part, pledged * security.close AS value,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY part DESC, security
