// How many rows questions/deliverables has in all.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)-[:HAS_TASK]->(t:Task)
WHERE 'deliverable' IN t.kinds
  AND ($region IS NULL OR d.region = $region)
RETURN count(t) AS total;
