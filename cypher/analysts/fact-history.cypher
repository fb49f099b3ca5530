// purpose: what was believed of a source record at an instant: every statement known then and not yet replaced or retracted, oldest validity first
// parameters: type (type of the record such as Company), key (its key such as registry:C000001), knownAt (instant of knowledge)
// rows: recorded at, from and to when it holds, source, reliability, content (exact JSON where it is kept, names and values elsewhere)
// counterpart: node(id:, knownAt:) { records }, over all records of the party
CALL {
  MATCH (record:Account|Agreement|Application|Authorisation|Briefing|Broker|CaseMove|Company|Complaint|CorrectionNotice|CourtCase|CreditEvent|CreditReview|Default|Device|Document|FreezeRequest|Listing|Loan|MarginCall|MarginContract|MarketStatistic|Penalty|Person|PledgeContract|RepoContract|Security|Warning|WarningRound|WarningSign {key: $key})
  WHERE $type IN labels(record) AND record._seq IS NOT NULL
  RETURN properties(record) AS said
  UNION ALL
  MATCH (further:Statement {_node: $type + '/' + $key})
  RETURN properties(further) AS said
  UNION ALL
  MATCH (former:Former {_node: $type + '/' + $key})
  WHERE former._kind = 'Assert' AND former._relationship = false
  RETURN properties(former) AS said
}
MATCH (set:ChangeSet {version: said._version})
WHERE set.recordedAt <= datetime($knownAt).epochMillis
OPTIONAL MATCH (closing:ChangeSet {version: said._closed})
WITH said, set, closing
WHERE closing IS NULL OR closing.recordedAt > datetime($knownAt).epochMillis
RETURN datetime({epochMillis: set.recordedAt}) AS recordedAt,
  CASE WHEN said._from > -62135596800000 THEN datetime({epochMillis: said._from}) END AS from,
  CASE WHEN said._to < 253402300799999 THEN datetime({epochMillis: said._to}) END AS to,
  said._source AS source, toFloat(said._reliability) AS reliability, coalesce(said._json, [name IN keys(said) WHERE NOT name STARTS WITH '_' AND name <> 'key' | [name, said[name]]]) AS content
ORDER BY said._from, said._seq
