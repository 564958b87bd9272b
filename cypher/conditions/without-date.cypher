// Items without any date that holds: none of their own or of their plan, and none of a task in their body.
// params: documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
  AND i.due_date IS NULL
  AND NOT EXISTS { MATCH (i)-[:HAS_DEADLINE]->(f:Deadline) WHERE f.task IS NOT NULL AND f.date IS NOT NULL }
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, i.timing_start AS start, i.timing_end AS end,
       null AS clause_start, null AS clause_end
ORDER BY document_id, item_start, id, start;
