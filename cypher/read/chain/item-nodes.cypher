// Items, or parts of items, in a chain.
// params: ids (list of string)
// returns: id, name, number, label, part, start, end
UNWIND $ids AS key
MATCH (n:Item {id: key})
RETURN n.id AS id, n.heading AS name, n.number AS number, n.label AS label, n.part AS part, n.start AS start, n.end AS end;
