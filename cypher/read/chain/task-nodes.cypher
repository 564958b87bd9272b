// Tasks as the ends of a chain.
// params: ids (list of string)
// returns: id, name, start, end
UNWIND $ids AS key
MATCH (n:Task {id: key})
RETURN n.id AS id, n.quote AS name, n.start AS start, n.end AS end;
