// Removes {label} nodes ({chinese}) without an id that is a text. One that bears a judgement, a label or a relationship of others
// stays.
// params: none
// returns: removed
MATCH (n:{label})
WHERE coalesce(n.id > '', false) = false AND size(labels(n)) = 1
  AND NOT EXISTS { MATCH (n)-[r]-() WHERE type(r) = 'SAME_AS' OR NOT type(r) IN [{known}] }
DETACH DELETE n
RETURN count(*) AS removed;
