// A page of all {type} ({chinese}), whatever they join: for a check of the whole store.
// params: skip (int), limit (int)
// returns: id, from_id, from_labels, to_id, to_labels
MATCH (a)-[r:{type}]->(b)
WITH a, r, b
SKIP $skip
LIMIT $limit
RETURN r.id AS id, a.id AS from_id, labels(a) AS from_labels, b.id AS to_id, labels(b) AS to_labels;
