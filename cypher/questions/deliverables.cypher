// Documents to be written (制定, 出台, 编制), in document order: the words that demand each, its title if it has one, the leads
// of the item, and the deadline.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   after (map or null, keys of the last row), limit (int)
// returns: id, words, titles, leads, item_id, item_number, item_label, item_heading, item_part, section_id,
//   section_label, section_title, document_id, document_title, due_date, due_precision, due_basis, ongoing, due_words,
//   text_sha256, start, end, quote, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)-[:HAS_TASK]->(t:Task)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($region IS NULL OR d.region = $region)
  AND 'deliverable' IN t.kinds
// page:
WITH d, s, i, t, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND t.start > $after.fact)
   OR (document_id = $after.document AND i.start = $after.item AND t.start = $after.fact AND t.id > $after.id)
WITH s, i, t, d, document_id ORDER BY document_id, i.start, t.start, t.id LIMIT $limit
OPTIONAL MATCH (i)-[:HAS_DEADLINE]->(x:Deadline {task: t.id, kind: 'explicit'})
WITH s, i, t, d, x ORDER BY x.date
WITH s, i, t, d, last(collect(x)) AS x
OPTIONAL MATCH (i)-[c:CITES {task: t.id, relation: 'produces'}]->(g:Regulation)
WITH s, i, t, d, x, g ORDER BY c.start
WITH s, i, t, d, x, collect(g.title) AS titles
RETURN t.id AS id, t.quote AS words, titles AS titles,
       COLLECT { MATCH (i)<-[l:LEADS]-(v:Unit) RETURN v.name ORDER BY l.position, l.id } AS leads, i.id AS item_id,
       i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, CASE WHEN x IS NULL THEN i.due_date ELSE x.date END AS due_date,
       CASE WHEN x IS NULL THEN i.due_precision ELSE x.precision END AS due_precision,
       CASE WHEN x IS NULL THEN coalesce(i.due_basis, 'none') ELSE 'task' END AS due_basis,
       coalesce(i.ongoing, false) AS ongoing, x.quote AS due_words, d.text_sha256 AS text_sha256, t.start AS start,
       t.end AS end, t.quote AS quote, i.start AS item_start, t.start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
