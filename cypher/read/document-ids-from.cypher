// The ids of documents in order, from a given id on.
// params: region (string or null), start (string or null, the first id that counts), limit (int)
// returns: id
MATCH (d:Document)
WHERE ($start IS NULL OR d.id >= $start) AND ($region IS NULL OR d.region = $region)
RETURN d.id AS id
ORDER BY id
LIMIT $limit;
