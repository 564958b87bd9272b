// The ids of documents in order, from a given id on.
// params: regions (list of string or null), start (string, the first id that counts), limit (int)
// returns: id
MATCH (d:Document)
WHERE d.id >= $start AND ($regions IS NULL OR d.region IN $regions)
RETURN d.id AS id
ORDER BY id
LIMIT $limit;
