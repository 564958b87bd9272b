// The {label} nodes ({chinese}) of an earlier release, which have no terms by which they are searched.
// params: limit (int)
// returns: properties
MATCH (n:{label})
WHERE n.search_terms IS NULL
RETURN properties(n) AS properties
LIMIT $limit;
