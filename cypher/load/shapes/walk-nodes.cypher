// A page of all {label} nodes ({chinese}) that have an id, in the order of ids: for a check of the whole store.
// params: after (string, the last id of the page before, '' at first), limit (int)
// returns: id
MATCH (n:{label})
WHERE n.id > $after
RETURN n.id AS id
ORDER BY id
LIMIT $limit;
