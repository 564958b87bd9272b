// Tasks (子任务) whose own date in the body lies on or before a day, in document order, with who leads and bears the item
// they stand in.
// params: by (string, ISO date such as 2017-12-31), since (string or null, ISO date), documents (list of string, ids
//   of the plans to look at), region (string or null, region of the document), after (map or null, keys of the last
//   row), limit (int)
// returns: id, task, words, leads, responsible, item_id, item_number, item_label, item_heading, item_part, section_id,
//   section_label, section_title, document_id, document_title, due_date, due_precision, due_basis, hedge, inferred,
//   rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)-[:HAS_DEADLINE]->(x:Deadline)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND x.date <= $by AND ($since IS NULL OR x.date >= $since) AND x.task IS NOT NULL
  AND ($region IS NULL OR d.region = $region)
// page:
WITH d, s, i, x, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND x.start > $after.fact)
   OR (document_id = $after.document AND i.start = $after.item AND x.start = $after.fact AND x.id > $after.id)
WITH d, s, i, x, document_id ORDER BY document_id, i.start, x.start, x.id LIMIT $limit
MATCH (i)-[:HAS_TASK]->(t:Task)
WHERE t.id = x.task
RETURN x.id AS id, x.task AS task, t.quote AS words,
       COLLECT { MATCH (i)<-[l:LEADS]-(v:Unit) RETURN v.name ORDER BY l.position, l.id } AS leads,
       COLLECT { MATCH (i)<-[l:RESPONSIBLE_FOR]-(v:Unit) RETURN v.name ORDER BY l.position, l.id } AS responsible,
       i.id AS item_id, i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, x.date AS due_date, x.precision AS due_precision, 'task' AS due_basis,
       x.hedge AS hedge, x.inferred AS inferred, x.rule AS rule, x.because AS because, d.text_sha256 AS text_sha256,
       x.start AS start, x.end AS end, x.quote AS quote, t.start AS clause_start, t.end AS clause_end,
       i.start AS item_start, x.start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
