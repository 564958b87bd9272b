// Items by their date of completion and by what gives it; basis none: items without a date.
// params: by (string or null, ISO date), since (string or null, ISO date), basis (string or null, one of task item
//   parent document none), documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
  AND ($by IS NULL OR i.due_date <= $by) AND ($since IS NULL OR i.due_date >= $since)
  AND ($basis IS NULL OR coalesce(i.due_basis, 'none') = $basis)
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, i.timing_start AS start, i.timing_end AS end,
       null AS clause_start, null AS clause_end
ORDER BY document_id, item_start, id, start;
