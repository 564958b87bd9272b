// The Item nodes (任务事项) with the given ids as they are stored.
// params: ids (list of string)
// returns: id, properties
UNWIND $ids AS id
MATCH (n:Item {id: id})
RETURN n.id AS id, properties(n) AS properties;
