// The instruments with some words in title or number, to be compared exactly by the caller.
// params: terms (string, all terms of the words), words (string, in the form that is searched), document (string or null, document id), limit (int)
// returns: id, name, search_text
CALL db.index.fulltext.queryNodes('regulation_search', $terms) YIELD node AS g
WITH g
WHERE g.search_text CONTAINS $words
  AND ($document IS NULL
       OR EXISTS { MATCH (g)-[:CITES]-(n) WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN g.id AS id, g.title AS name, g.search_text AS search_text
ORDER BY id
LIMIT $limit;
