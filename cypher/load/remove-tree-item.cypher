// Takes Item nodes (任务事项) off a node they no longer belong to.
// params: rows (list of maps, each: type, from_id and to_id)
// returns: none
UNWIND $rows AS row
MATCH (parent)-[r:HAS_ITEM|HAS_PART]->(c:Item {id: row.to_id})
WHERE type(r) = row.type AND parent.id = row.from_id
WITH collect(r) AS found
UNWIND found AS r
DELETE r;
