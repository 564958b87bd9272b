// Titles of instruments, for proposing the nearest one.
// params: limit (int)
// returns: id, name
MATCH (g:Regulation)
RETURN g.id AS id, g.title AS name
ORDER BY id
LIMIT $limit;
