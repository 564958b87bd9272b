// Removes {label} nodes ({chinese}) that no document states. One that bears a judgement, a label or a relationship of others stays.
// params: ids (list of string)
// returns: id
UNWIND $ids AS id
MATCH (n:{label} {id: id})
WHERE size(labels(n)) = 1 AND NOT EXISTS { MATCH (n)-[r]-() WHERE type(r) = 'SAME_AS' OR NOT type(r) IN [{known}] }
DETACH DELETE n
RETURN id AS id;
