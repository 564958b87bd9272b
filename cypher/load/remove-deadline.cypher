// Removes Deadline nodes (时限) with all their relationships.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (n:Deadline {id: id})
DETACH DELETE n;
