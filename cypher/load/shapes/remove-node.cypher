// Removes {label} nodes ({chinese}) with all their relationships.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (n:{label} {id: id})
DETACH DELETE n;
