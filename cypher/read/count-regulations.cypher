// How many rows read/regulations has in all.
// params: q (string or null, folded part of title or number), document (string or null, document id)
// returns: total
MATCH (g:Regulation)
WHERE ($q IS NULL OR g.search_text CONTAINS $q)
  AND ($document IS NULL
       OR EXISTS { MATCH (g)-[:CITES]-(n) WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN count(g) AS total;
