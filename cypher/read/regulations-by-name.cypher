// The instruments with one of the titles; with a document, only those it cites.
// params: names (list of string), document (string or null, document id)
// returns: id, name
MATCH (g:Regulation)
WHERE g.title IN $names
  AND ($document IS NULL
       OR EXISTS { MATCH (g)-[:CITES]-(n) WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN g.id AS id, g.title AS name
ORDER BY id;
