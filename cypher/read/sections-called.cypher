// The sections of all plans whose title a text contains.
// params: text (string), shortest (int, characters that a title has at least), limit (int)
// returns: id, name
MATCH (s:Section)
WHERE size(s.title) >= $shortest AND $text CONTAINS s.title
RETURN s.id AS id, s.title AS name
ORDER BY id
LIMIT $limit;
