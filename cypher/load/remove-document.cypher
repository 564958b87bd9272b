// Removes Document nodes (文件) with all their relationships.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (n:Document {id: id})
DETACH DELETE n;
