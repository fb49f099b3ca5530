// purpose: gives published parties that are clients of a broker the label Client and takes it from the other published ones
// parameters: run
// rows: number of clients; none where a later publication has begun
MATCH (publication:Publication {id: 'current', run: $run})
SET publication.state = 'WRITING'
WITH publication
CALL {
  MATCH (party:Party) WHERE party.isClient AND party._run = $run
  SET party:Client
  RETURN count(*) AS clients
}
CALL {
  MATCH (party:Party:Client) WHERE NOT party.isClient AND party._run IS NOT NULL
  REMOVE party:Client
  RETURN count(*) AS others
}
RETURN clients
