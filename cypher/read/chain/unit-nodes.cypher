// Units as the ends of a chain.
// params: ids (list of string)
// returns: id, name, collective, unresolved
UNWIND $ids AS key
MATCH (n:Unit {id: key})
RETURN n.id AS id, n.name AS name, n.collective AS collective, n.unresolved AS unresolved;
