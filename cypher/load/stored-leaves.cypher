// The tasks and deadlines of the given items.
// params: ids (list of string, item ids)
// returns: label, id
UNWIND $ids AS item
MATCH (:Item {id: item})-[:HAS_TASK]->(n:Task)
RETURN 'Task' AS label, n.id AS id
UNION
UNWIND $ids AS item
MATCH (:Item {id: item})-[:HAS_DEADLINE]->(n:Deadline)
RETURN 'Deadline' AS label, n.id AS id;
