// Those of the given {label} nodes to which something other than the given owners refers.
// The first such reference is enough: a busy node has thousands.
// params: ids (list of string), owners (list of string, the ids of the documents loaded, their sections and items)
// returns: id
UNWIND $ids AS id
MATCH (n:{label} {id: id})
WHERE EXISTS { MATCH (n)--(other) WHERE NOT other.id IN $owners }
RETURN n.id AS id;
