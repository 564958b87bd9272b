// The ids of the documents of which an item has some words in its heading or body, in order, from a given id on.
// params: terms (string, all terms of the words), q (string, words in the form that is searched), start (string or null,
//   the first id that counts), limit (int)
// returns: id
CALL db.index.fulltext.queryNodes('item_search', $terms) YIELD node AS i
WITH i
WHERE i.search_text CONTAINS $q
WITH DISTINCT left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS id
WHERE $start IS NULL OR id >= $start
RETURN id AS id
ORDER BY id
LIMIT $limit;
