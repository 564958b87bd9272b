// Items with a date that holds, their own or of a task in their body, between two days: the dates of deadline-lights.
// params: by (string or null, ISO date), since (string or null, ISO date), documents (list of string, ids of the
//   plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
MATCH (i)-[:HAS_DEADLINE]->(f:Deadline)
WHERE f.date IS NOT NULL AND (f.task IS NOT NULL OR (f.kind IN ['default', 'parent', 'document'] AND f.date = i.due_date))
  AND ($by IS NULL OR f.date <= $by) AND ($since IS NULL OR f.date >= $since)
OPTIONAL MATCH (i)-[:HAS_TASK]->(t:Task {id: f.task})
RETURN i.id AS id, document_id AS document_id, i.start AS item_start,
       CASE WHEN f.start IS NULL THEN f.because[0] ELSE f.start END AS start,
       CASE WHEN f.start IS NULL THEN f.because[1] ELSE f.end END AS end, t.start AS clause_start, t.end AS clause_end
ORDER BY document_id, item_start, id, start;
