// Removes those of the Unit nodes (单位) that nothing refers to any more.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:Unit {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
RETURN id AS id;
