// The loaded documents of which some places were not read, those with the most first.
// params: limit (int)
// returns: id, not_read
MATCH (d:Document)
WHERE d.not_read > 0
RETURN d.id AS id, d.not_read AS not_read
ORDER BY not_read DESC, id
LIMIT $limit;
