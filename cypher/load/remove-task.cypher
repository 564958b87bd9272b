// Removes Task nodes (子任务) with all their relationships.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (n:Task {id: id})
DETACH DELETE n;
