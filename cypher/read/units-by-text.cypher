// The units whose names hold a phrase: candidates for a full name or an alias, to be compared exactly by the caller.
// params: phrase (string, an escaped Lucene phrase), document (string or null, document id), limit (int)
// returns: id, name, region, search_text
CALL db.index.fulltext.queryNodes('unit_text', $phrase) YIELD node AS u
WITH u
WHERE ($document IS NULL
       OR EXISTS { MATCH (u)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]-(n)
       WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN u.id AS id, u.name AS name, u.region AS region, u.search_text AS search_text
ORDER BY id
LIMIT $limit;
