// Detaches {label} nodes ({chinese}) from a node to which they no longer belong.
// The search starts at the detached node; from the parent it would scan every node.
// params: rows (list of maps, each: type, from_id and to_id)
// returns: none
UNWIND $rows AS row
MATCH (c:{label} {id: row.to_id})
MATCH (c)<-[r:{types}]-(parent)
WHERE type(r) = row.type AND parent.id = row.from_id
WITH collect(r) AS found
UNWIND found AS r
DELETE r;
