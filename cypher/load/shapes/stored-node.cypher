// The {label} nodes ({chinese}) with the given ids as they are stored.
// params: ids (list of string)
// returns: id, properties
UNWIND $ids AS id
MATCH (n:{label} {id: id})
RETURN n.id AS id, properties(n) AS properties;
