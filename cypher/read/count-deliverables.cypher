// How many rows questions/deliverables has in all.
// params: document (string or null, document id), region (string or null, region of the document)
// returns: total
MATCH (s:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)-[:HAS_TASK]->(t:Task)
WHERE 'deliverable' IN t.kinds AND ($document IS NULL OR i.id STARTS WITH $document + ':')
  AND ($region IS NULL
       OR EXISTS { MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)}) WHERE d.region = $region })
RETURN count(t) AS total;
