// Sections in a chain.
// params: ids (list of string)
// returns: id, name, label, start, end
UNWIND $ids AS key
MATCH (n:Section {id: key})
RETURN n.id AS id, n.title AS name, n.label AS label, n.start AS start, n.end AS end;
