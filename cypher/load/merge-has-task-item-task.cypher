// Writes HAS_TASK (下设子任务) from Item to Task: one between two nodes.
// MERGE looks through the relationships of its first node, so that is the end that has few of them.
// params: rows (list of maps, each: from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:Item {id: row.from_id})
MATCH (b:Task {id: row.to_id})
MERGE (b)<-[r:HAS_TASK]-(a)
SET r += row.properties;
