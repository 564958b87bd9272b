// How many items have no date at all, neither of their own nor of their document.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)
WHERE i.due_date IS NULL AND NOT EXISTS { MATCH (i)-[:HAS_PART]->(:Item) }
  AND ($region IS NULL OR d.region = $region)
RETURN count(i) AS total;
