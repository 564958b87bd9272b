// The {label} ({chinese}) that an id of an earlier reading means now.
// params: id (string)
// returns: id, name, region
MATCH (a:Alias {id: $id})
WHERE NOT coalesce(a.several, false)
MATCH (n:{label} {id: a.target})
RETURN n.id AS id, n.{name} AS name, n.region AS region;
