// Items that demand a document to be written, by a day where one is given.
// params: by (string or null, ISO date), documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
MATCH (i)-[:HAS_TASK]->(f:Task)
WHERE 'deliverable' IN f.kinds
  AND ($by IS NULL
       OR EXISTS { MATCH (i)-[:HAS_DEADLINE]->(own:Deadline {task: f.id}) WHERE own.date <= $by }
       OR (i.due_date <= $by AND NOT EXISTS { MATCH (i)-[:HAS_DEADLINE]->(own:Deadline {task: f.id}) WHERE own.date > $by }))
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       null AS clause_start, null AS clause_end
ORDER BY document_id, item_start, id, start;
