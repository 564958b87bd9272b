// Which of the given Regulation nodes are also referred to by anything else than the given owners.
// params: ids (list of string), owners (list of string, the ids of one document, its sections and items)
// returns: id
UNWIND $ids AS id
MATCH (n:Regulation {id: id})-[]-(other)
WHERE NOT other.id IN $owners
RETURN DISTINCT n.id AS id;
