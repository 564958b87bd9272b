// Removes the {label} nodes ({chinese}) to which nothing refers any more.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:{label} {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
RETURN id AS id;
