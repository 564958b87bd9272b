// How many items have no date at all, neither of their own nor of their document.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND i.due_date IS NULL AND i.queryable
  AND ($region IS NULL OR d.region = $region)
RETURN count(i) AS total;
