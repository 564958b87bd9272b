// The ids of the documents of which an item has some words in its heading or body, in order, from a given id on.
// params: q (string, folded words), start (string or null, the first id that counts), limit (int)
// returns: id
MATCH (i:Item)
WHERE i.search_text CONTAINS $q
WITH DISTINCT left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS id
WHERE $start IS NULL OR id >= $start
RETURN id AS id
ORDER BY id
LIMIT $limit;
