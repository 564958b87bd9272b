// Instruments as the ends of a chain.
// params: ids (list of string)
// returns: id, name, unresolved
UNWIND $ids AS key
MATCH (n:Regulation {id: key})
RETURN n.id AS id, n.title AS name, n.unresolved AS unresolved;
