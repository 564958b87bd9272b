// Takes {label} nodes ({chinese}) off a node they no longer belong to.
// From the node that is taken off: from the parent's side, every node would be looked at.
// params: rows (list of maps, each: type, from_id and to_id)
// returns: none
UNWIND $rows AS row
MATCH (c:{label} {id: row.to_id})
MATCH (c)<-[r:{types}]-(parent)
WHERE type(r) = row.type AND parent.id = row.from_id
WITH collect(r) AS found
UNWIND found AS r
DELETE r;
