// Writes COOPERATES_ON (配合) from Unit to Item: a mention, merged on its id.
// MERGE looks through the relationships of its first node, so that is the end that has few of them.
// params: rows (list of maps, each: id, from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:Unit {id: row.from_id})
MATCH (b:Item {id: row.to_id})
MERGE (b)<-[r:COOPERATES_ON {id: row.id}]-(a)
SET r += row.properties;
