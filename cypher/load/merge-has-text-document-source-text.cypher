// Writes HAS_TEXT (原文) from Document to SourceText: one between two nodes.
// MERGE looks through the relationships of its first node, so that is the end that has few of them.
// params: rows (list of maps, each: from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:Document {id: row.from_id})
MATCH (b:SourceText {id: row.to_id})
MERGE (b)<-[r:HAS_TEXT]-(a)
SET r += row.properties;
