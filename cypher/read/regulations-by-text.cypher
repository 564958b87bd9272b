// The instruments whose title or number holds a phrase, to be compared exactly by the caller.
// params: phrase (string, an escaped Lucene phrase), document (string or null, document id), limit (int)
// returns: id, name, search_text
CALL db.index.fulltext.queryNodes('regulation_text', $phrase) YIELD node AS g
WITH g
WHERE ($document IS NULL
       OR EXISTS { MATCH (g)-[:CITES]-(n) WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN g.id AS id, g.title AS name, g.search_text AS search_text
ORDER BY id
LIMIT $limit;
