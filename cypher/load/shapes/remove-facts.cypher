// Removes duties, mentions and citations of {label} nodes. A relationship made by hand may lack an id; then row.id is ''.
// params: rows (list of maps, each: type, id, owner and other, the ids of its ends)
// returns: none
UNWIND $rows AS row
MATCH (o:{label} {id: row.owner})-[r:{types}]-(other)
WHERE type(r) = row.type AND coalesce(r.id, '') = row.id AND other.id = row.other
WITH collect(r) AS found
UNWIND found AS r
DELETE r;
