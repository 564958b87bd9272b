// Every date that holds, of items and of the tasks in their bodies; a step gives each its status as of a day and
// sorts them by date.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   limit (int)
// returns: id, kind, task, words, leads, item_id, item_number, item_label, item_heading, item_part, section_id,
//   section_label, section_title, document_id, document_title, due_date, due_precision, due_basis, ongoing, hedge,
//   inferred, rule, because, text_sha256, start, end, clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)-[:HAS_DEADLINE]->(x:Deadline)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($region IS NULL OR d.region = $region)
  AND x.date IS NOT NULL AND (x.task IS NOT NULL OR (x.kind IN ['default', 'parent', 'document'] AND x.date = i.due_date))
WITH d, s, i, x, document_id
OPTIONAL MATCH (i)-[:HAS_TASK]->(t:Task {id: x.task})
WITH s, i, x, d, t ORDER BY x.date, d.id, i.start, x.start, x.id LIMIT $limit
RETURN x.id AS id, x.kind AS kind, x.task AS task, t.quote AS words,
       COLLECT { MATCH (i)<-[l:LEADS]-(v:Unit) RETURN v.name ORDER BY l.position, l.id } AS leads, i.id AS item_id,
       i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, x.date AS due_date, x.precision AS due_precision,
       CASE WHEN x.task IS NOT NULL THEN 'task' WHEN x.kind IN ['parent', 'document'] THEN x.kind ELSE 'item' END AS due_basis,
       i.ongoing AS ongoing, x.hedge AS hedge, x.inferred AS inferred, x.rule AS rule, x.because AS because,
       d.text_sha256 AS text_sha256, CASE WHEN x.start IS NULL THEN x.because[0] ELSE x.start END AS start,
       CASE WHEN x.start IS NULL THEN x.because[1] ELSE x.end END AS end, t.start AS clause_start, t.end AS clause_end,
       i.start AS item_start, coalesce(x.start, -1) AS fact_start
ORDER BY due_date, document_id, item_start, fact_start, id;
