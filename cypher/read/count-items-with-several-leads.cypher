// How many rows questions/items-with-several-leads has in all.
// params: document (string or null, document id), region (string or null, region of the document)
// returns: total
MATCH (s:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)
WHERE ($document IS NULL OR i.id STARTS WITH $document + ':')
  AND COUNT { MATCH (i)<-[:LEADS]-(:Unit) } > 1
  AND ($region IS NULL
       OR EXISTS { MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)}) WHERE d.region = $region })
RETURN count(i) AS total;
