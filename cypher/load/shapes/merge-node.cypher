// Writes {label} nodes ({chinese}): creates missing nodes and sets the given properties; null removes a property.
// params: rows (list of maps, each: id and properties)
// returns: none
UNWIND $rows AS row
MERGE (n:{label} {id: row.id})
SET n += row.properties;
