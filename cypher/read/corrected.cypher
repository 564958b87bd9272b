// The loaded documents of which a person corrected the head; corrections is JSON.
// params: limit (int)
// returns: id, corrections
MATCH (d:Document)
WHERE d.corrections IS NOT NULL
RETURN d.id AS id, d.corrections AS corrections
ORDER BY id
LIMIT $limit;
