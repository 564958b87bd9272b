// The {label} nodes ({chinese}) with some ids.
// params: ids (list of string)
// returns: id, name, region
UNWIND $ids AS key
MATCH (n:{label} {id: key})
RETURN n.id AS id, n.{name} AS name, n.region AS region;
