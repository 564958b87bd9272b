// Items of which a task in the body has a later date than the time clause of the item.
// params: documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
MATCH (i)-[:HAS_DEADLINE]->(own:Deadline)
WHERE own.task IS NULL
WITH i, document_id, min(own.date) AS earliest
MATCH (i)-[:HAS_DEADLINE]->(f:Deadline)
WHERE f.task IS NOT NULL AND f.date > earliest
OPTIONAL MATCH (i)-[:HAS_TASK]->(t:Task {id: f.task})
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       t.start AS clause_start, t.end AS clause_end
ORDER BY document_id, item_start, id, start;
