// Whether anything of one kind has some words.
// params: index (string, of one kind), terms (string, all terms of the words), words (string, in the form that is searched)
// returns: id
CALL db.index.fulltext.queryNodes($index, $terms) YIELD node AS n
WITH n
WHERE n.search_text CONTAINS $words
RETURN n.id AS id
LIMIT 1;
