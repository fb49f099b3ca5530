// purpose: securities that secure the margin debts of many clients at once, who would all be sold out by one fall of the price
// parameters: least (fewest clients)
// rows: security, name, clients, brokers, shares held in credit accounts, value at the last close, part of the shares outstanding, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (publication:Publication {id: 'current'})
MATCH (contract:MarginContract)-[:SECURED_BY]->(account:Account)
WHERE contract.status <> 'CLOSED'
WITH DISTINCT publication, account
MATCH (account)-[p:POSITION]->(security:Security)
WHERE p._from <= publication._asOf
WITH publication, account, security, p ORDER BY p._from DESC
WITH publication, account, security, collect(p)[0] AS position
WHERE position._to > publication._asOf AND position.quantity > 0
WITH security, collect(account) AS accounts, sum(position.quantity) AS quantity
WITH security, accounts, quantity,
  COUNT { UNWIND accounts AS account MATCH (account)<-[:OWNS_ACCOUNT]-()<-[:RECORDED_AS]-(client:Party) RETURN DISTINCT client } AS clients
WHERE clients >= $least
RETURN security.key AS security, security.name AS name, clients,
  COUNT { UNWIND accounts AS account MATCH (account)-[:KEPT_AT]->(broker:Broker) RETURN DISTINCT broker } AS brokers,
  quantity, quantity * security.close AS value, quantity / security.sharesOutstanding AS part,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY clients DESC, value DESC, security
