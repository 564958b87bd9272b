// The documents with some words in title or reference number, to be compared exactly by the caller.
// params: terms (string, all terms of the words), words (string, in the form that is searched), limit (int)
// returns: id, name, region, search_text
CALL db.index.fulltext.queryNodes('document_search', $terms) YIELD node AS d
WITH d
WHERE d.search_text CONTAINS $words
RETURN d.id AS id, d.title AS name, d.region AS region, d.search_text AS search_text
ORDER BY id
LIMIT $limit;
