// {label} nodes ({chinese}) that a check met and no document states: what they hang on, their labels, how many of their
// relationships are of other types than ours, and how many are judgements.
// params: ids (list of string)
// returns: id, near, labels, foreign, judged, properties
UNWIND $ids AS id
MATCH (n:{label} {id: id})
RETURN n.id AS id, COLLECT { MATCH (n)--(other) RETURN other.id LIMIT 3 } AS near, labels(n) AS labels,
       COUNT { MATCH (n)-[r]-() WHERE NOT type(r) IN [{known}] } AS foreign,
       COUNT { MATCH (n)-[:SAME_AS]-() } AS judged, properties(n) AS properties;
