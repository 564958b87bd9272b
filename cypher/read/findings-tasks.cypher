// The tasks (子任务) of a document's items, as the rules of findings (疑点) read them.
// params: document (string, document id)
// returns: item_id, id, kinds, start, end, quote
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)-[:HAS_TASK]->(x:Task)
RETURN i.id AS item_id, x.id AS id, x.kinds AS kinds, x.start AS start, x.end AS end, x.quote AS quote
ORDER BY start, id;
