// purpose: lists the types of which there are former recordings
// parameters: none
// rows: type
MATCH (former:Former)
RETURN DISTINCT former._type
