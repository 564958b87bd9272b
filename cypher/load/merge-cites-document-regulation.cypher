// Writes CITES (引用) from Document to Regulation: a mention, merged on its id.
// params: rows (list of maps, each: id, from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:Document {id: row.from_id})
MATCH (b:Regulation {id: row.to_id})
MERGE (a)-[r:CITES {id: row.id}]->(b)
SET r += row.properties;
