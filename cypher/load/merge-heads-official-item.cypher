// Writes HEADS (负责人) from Official to Item: a mention, merged on its id.
// MERGE looks through the relationships of its first node, so that is the end that has few of them.
// params: rows (list of maps, each: id, from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:Official {id: row.from_id})
MATCH (b:Item {id: row.to_id})
MERGE (b)<-[r:HEADS {id: row.id}]-(a)
SET r += row.properties;
