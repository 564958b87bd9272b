// How many rows questions/items-without-lead has in all.
// params: document (string or null, document id)
// returns: total
MATCH (:Section)-[:HAS_ITEM]->(i:Item)
WHERE ($document IS NULL OR i.id STARTS WITH $document + ':')
  AND NOT EXISTS { MATCH (i)-[:HAS_PART*0..1]->(:Item)<-[:LEADS]-(:Unit) }
RETURN count(i) AS total;
