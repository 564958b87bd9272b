// Writes HAS_SECTION (下设部分) from Section to Section: one between two nodes.
// MERGE looks through the relationships of its first node, so that is the end that has few of them.
// params: rows (list of maps, each: from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:Section {id: row.from_id})
MATCH (b:Section {id: row.to_id})
MERGE (b)<-[r:HAS_SECTION]-(a)
SET r += row.properties;
