// Items of which a lead is also named as responsible, with both places.
// params: documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h') AND i.queryable
MATCH (i)<-[f:LEADS|RESPONSIBLE_FOR]-(u:Unit)
WHERE EXISTS { MATCH (i)<-[:LEADS]-(u) } AND EXISTS { MATCH (i)<-[:RESPONSIBLE_FOR]-(u) }
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY document_id, item_start, id, start;
