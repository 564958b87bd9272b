// Writes {type} ({chinese}) from {from} to {to}: at most one between two nodes; {how}.
// MERGE searches the relationships of its first node, so the first node is the end with few of them.
// params: rows (list of maps, each: from_id, to_id and properties)
// returns: none
UNWIND $rows AS row
MATCH (a:{from} {id: row.from_id})
MATCH (b:{to} {id: row.to_id})
{verb} (b)<-[r:{type}{own}]-(a){then};
