// Removes those of the {label} nodes ({chinese}) that nothing refers to any more.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:{label} {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
RETURN id AS id;
