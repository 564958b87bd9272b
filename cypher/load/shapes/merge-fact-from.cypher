// Writes {type} ({chinese}) from {from} to {to}: a mention, merged on its id.
// MERGE looks through the relationships of its first node, so that is the end that has few of them.
// params: rows (list of maps, each: id, from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:{from} {id: row.from_id})
MATCH (b:{to} {id: row.to_id})
MERGE (a)-[r:{type} {id: row.id}]->(b)
SET r += row.properties;
