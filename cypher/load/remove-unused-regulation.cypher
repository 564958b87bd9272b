// Removes those of the Regulation nodes (法规与文件) that nothing refers to any more.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:Regulation {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
RETURN id AS id;
