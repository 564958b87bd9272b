// Writes {label} nodes ({chinese}): makes what is not there, sets the given properties, a null takes one away.
// params: rows (list of maps, each: id and properties)
// returns: none
UNWIND $rows AS row
MERGE (n:{label} {id: row.id})
SET n += row.properties;
