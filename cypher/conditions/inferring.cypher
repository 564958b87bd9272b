// Items with a duty, a date or a citation that a rule inferred, with the words it rests on.
// params: documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
MATCH (i)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(:Unit)
WHERE f.inferred
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY document_id, item_start, id, start;
