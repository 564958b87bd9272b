// Removes those of the SourceText nodes (原文) that nothing refers to any more.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:SourceText {id: id})
WHERE NOT EXISTS { (n)--() }
DELETE n
RETURN id AS id;
