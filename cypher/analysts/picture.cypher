// purpose: draws a party with its records, its ties to others, its brokers, groups, score and findings; for the graph view of the browser
// parameters: party (id of the party)
// rows: paths
CALL () {
  OPTIONAL MATCH (published:Publication {id: 'current'})
  WITH coalesce(published.state, 'MISSING') AS state
  WHERE CASE state WHEN 'COMPLETE' THEN true ELSE date('The publication is ' + state + ', so no answer would be whole: give graphrisk publish') IS NULL END
  RETURN count(*) AS whole
}
MATCH path = (:Party {id: $party})-[:RECORDED_AS|OWNS|CONTROLS|JOINTLY_CONTROLS|ACTS_WITH|REPRESENTS|SERVES|BACKS|ASSOCIATED_WITH|SHARES_ACCOUNT_WITH|SHARES_DEVICE_WITH|INVESTS_WITH|CLIENT_AT|MEMBER_OF|SCORED|ABOUT]-()
RETURN path
LIMIT 200
