// Targets to be reached (调解率达100%), in document order; a step finds the date that holds for each.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   item (string or null, item id), limit (int)
// returns: id, words, target_name, target_comparison, target_value, target_unit, dates, precisions, starts, ends,
//   tasks, leads, item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title, due_date, due_precision, due_basis, ongoing, text_sha256, start, end, quote,
//   item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)-[:HAS_TASK]->(t:Task)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($region IS NULL OR d.region = $region)
  AND t.target_name IS NOT NULL
  AND ($item IS NULL OR top.id = $item OR i.id = $item)
WITH d, s, i, t, document_id
WITH s, i, t, d ORDER BY d.id, i.start, t.start, t.id LIMIT $limit
OPTIONAL MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
WHERE x.task IS NOT NULL
WITH s, i, t, d, x ORDER BY x.start
WITH s, i, t, d, collect({date: x.date, precision: x.precision, start: x.start, end: x.end, task: x.task}) AS times
RETURN t.id AS id, t.quote AS words, t.target_name AS target_name, t.target_comparison AS target_comparison,
       t.target_value AS target_value, t.target_unit AS target_unit, [y IN times | y.date] AS dates,
       [y IN times | y.precision] AS precisions, [y IN times | y.start] AS starts, [y IN times | y.end] AS ends,
       [y IN times | y.task] AS tasks,
       COLLECT { MATCH (i)<-[l:LEADS]-(v:Unit) RETURN v.name ORDER BY l.position, l.id } AS leads, i.id AS item_id,
       i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, i.due_date AS due_date, i.due_precision AS due_precision,
       coalesce(i.due_basis, 'none') AS due_basis, coalesce(i.ongoing, false) AS ongoing, d.text_sha256 AS text_sha256,
       t.start AS start, t.end AS end, t.quote AS quote, i.start AS item_start, t.start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
