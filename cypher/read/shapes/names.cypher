// Names of {label} nodes ({chinese}), for comparing them folded and for proposing the nearest one.
// params: limit (int)
// returns: id, name, region
MATCH (n:{label})
RETURN n.id AS id, n.{name} AS name, n.region AS region
ORDER BY id
LIMIT $limit;
