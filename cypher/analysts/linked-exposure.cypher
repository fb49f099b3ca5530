// purpose: what a broker has at stake with a client and all parties linked to it: by public or declared ties, and by accounts and devices they share at that broker
// parameters: client (id of the client), broker (code of the broker such as B001)
// rows: party, name, strength of the strongest path (1 for the client itself), contracts, debt, collateral, uncovered debt, versions recorded since the publication
// counterpart: linkedExposure(broker:, client:)
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH (client:Party {id: $client}), (broker:Broker {key: $broker}), (publication:Publication {id: 'current'})
CALL (client, broker, publication) {
  RETURN client AS party, 1.0 AS strength
  UNION
  MATCH path = (client)-[ties:OWNS|CONTROLS|ACTS_WITH|REPRESENTS|SERVES|BACKS|ASSOCIATED_WITH*1..3]-(party:Party)
  WHERE party <> client AND all(tie IN ties WHERE tie.strength > 0)
  WITH party, reduce(product = 1.0, tie IN ties | product * tie.strength) AS strength
  WHERE strength >= 0.02
  RETURN party, strength
  UNION
  MATCH (client)-[:RECORDED_AS]->()-[owns:OWNS_ACCOUNT]->(account:Account)-[:KEPT_AT]->(broker)
  MATCH (account)<-[other:OWNS_ACCOUNT]-()<-[:RECORDED_AS]-(owner:Party)
  WHERE all(r IN [owns, other] WHERE r._from <= publication._asOf < r._to)
  WITH client, account, collect(DISTINCT owner) AS owners
  WHERE size(owners) <= 20
  UNWIND owners AS party
  WITH client, party WHERE party <> client
  RETURN party, 0.9 AS strength
  UNION
  MATCH (client)-[:RECORDED_AS]->()-[owns:OWNS_ACCOUNT]->(account:Account)-[:KEPT_AT]->(broker)
  MATCH (account)<-[one:SIGNED_IN]-(device:Device)
  WHERE all(r IN [owns, one] WHERE r._from <= publication._asOf < r._to)
  WITH DISTINCT client, broker, publication, device
  MATCH (device)-[two:SIGNED_IN]->(account:Account)-[:KEPT_AT]->(broker)
  MATCH (account)<-[other:OWNS_ACCOUNT]-()<-[:RECORDED_AS]-(owner:Party)
  WHERE all(r IN [two, other] WHERE r._from <= publication._asOf < r._to)
  WITH client, device, collect(DISTINCT owner) AS owners
  WHERE size(owners) <= 20
  UNWIND owners AS party
  WITH client, party WHERE party <> client
  RETURN party, 0.5 AS strength
}
WITH broker, party, max(strength) AS strength
MATCH (party)-[r:CLIENT_AT]->(broker)
RETURN party.id AS party, party.name AS name, strength, r.contracts AS contracts, r.debt AS debt, r.collateral AS collateral, r.uncovered AS uncovered,
  COLLECT { MATCH (p:Publication {id: 'current'}) WITH p MATCH (s:StoreState {id: 'store'}) RETURN s.version - p.version }[0] AS behind
ORDER BY debt DESC, party
