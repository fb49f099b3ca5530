// purpose: gives parties that are clients of a broker the label Client and takes it from the others
// parameters: run
// rows: number of clients; none where a later publication has begun
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'WRITING'
WITH publication
CALL {
  MATCH (party:Party) WHERE party.isClient
  SET party:Client
  RETURN count(*) AS clients
}
CALL {
  MATCH (party:Client) WHERE NOT party.isClient
  REMOVE party:Client
  RETURN count(*) AS others
}
RETURN clients
