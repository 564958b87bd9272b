// Removes Section nodes (部分) with all their relationships.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (n:Section {id: id})
DETACH DELETE n;
