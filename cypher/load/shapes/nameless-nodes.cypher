// {label} nodes ({chinese}) without an id that is a text, with what they hang on: a load never writes one.
// params: limit (int)
// returns: id, near, foreign, properties
MATCH (n:{label})
WHERE coalesce(n.id > '', false) = false
RETURN n.id AS id, COLLECT { MATCH (n)--(other) RETURN other.id LIMIT 3 } AS near,
       COUNT { MATCH (n)-[r]-() WHERE NOT type(r) IN [{known}] } AS foreign, properties(n) AS properties
LIMIT $limit;
