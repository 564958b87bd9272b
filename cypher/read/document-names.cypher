// Titles of documents, for comparing them folded and for proposing the nearest one.
// params: limit (int)
// returns: id, name, region
MATCH (d:Document)
RETURN d.id AS id, d.title AS name, d.region AS region
ORDER BY id
LIMIT $limit;
