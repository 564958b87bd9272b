// Removes those of the Official nodes (负责人) that nothing refers to any more.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:Official {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
RETURN id AS id;
