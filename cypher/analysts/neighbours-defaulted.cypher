// purpose: clients that owe something, have not defaulted themselves, and are tied to parties that have
// parameters: steps (most ties between them; at most 3), since (first day of the defaults that count)
// rows: client, name, debt, grade or null, neighbours that defaulted, their ids, days of their last defaults, ties to the nearest, versions recorded since the publication
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (event:CreditEvent)-[:BEFELL]->()<-[:RECORDED_AS]-(troubled:Party)
WHERE event.kind IN ['DEFAULT', 'FORCED_LIQUIDATION'] AND event.occurredOn >= date($since)
WITH troubled, max(event.occurredOn) AS day
MATCH path = (troubled)-[:OWNS|CONTROLS|ACTS_WITH|REPRESENTS|BACKS|ASSOCIATED_WITH|SHARES_ACCOUNT_WITH*1..3]-(client:Client)
WHERE length(path) <= $steps AND client <> troubled
  AND all(r IN relationships(path) WHERE r.strength > 0)
  AND NOT EXISTS { MATCH (client)-[:RECORDED_AS]->()<-[:BEFELL]-(own:CreditEvent) WHERE own.kind IN ['DEFAULT', 'FORCED_LIQUIDATION'] }
WITH client, troubled, day, min(length(path)) AS ties ORDER BY troubled.id
WITH client, collect(troubled.name) AS neighbours, collect(troubled.id) AS neighbourIds, collect(day) AS days, min(ties) AS nearest
MATCH (client)-[r:CLIENT_AT]->(:Broker)
WITH client, neighbours, neighbourIds, days, nearest, sum(r.debt) AS debt
WHERE debt > 0
OPTIONAL MATCH (client)-[:SCORED]->(score:Score)
RETURN client.id AS client, client.name AS name, debt, score.grade AS grade, neighbours, neighbourIds, days, nearest,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, client
