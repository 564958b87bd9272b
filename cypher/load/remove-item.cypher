// Removes Item nodes (任务事项) with all their relationships.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (n:Item {id: id})
DETACH DELETE n;
