// The units with some words in a name: candidates for a full name or an alias, to be compared exactly by the caller.
// params: terms (string, all terms of the words), words (string, in the form that is searched), document (string or null, document id), limit (int)
// returns: id, name, region, search_text
CALL db.index.fulltext.queryNodes('unit_search', $terms) YIELD node AS u
WITH u
WHERE u.search_text CONTAINS $words
  AND ($document IS NULL
       OR EXISTS { MATCH (u)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]-(n)
       WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN u.id AS id, u.name AS name, u.region AS region, u.search_text AS search_text
ORDER BY id
LIMIT $limit;
