// Times counted from an event (自公布之日起30个工作日内), in document order; a step keeps those in working days and counts them
// from a day that the caller gives.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   item (string or null, item id), limit (int)
// returns: id, task, words, recurrence, duration, duration_unit, anchor, leads, item_id, item_number, item_label,
//   item_heading, item_part, section_id, section_label, section_title, document_id, document_title, document_issued_on,
//   inferred, rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)-[:HAS_DEADLINE]->(x:Deadline {kind: 'duration'})
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($region IS NULL OR d.region = $region)
  AND ($item IS NULL OR top.id = $item OR i.id = $item)
WITH d, s, i, x, document_id
OPTIONAL MATCH (i)-[:HAS_TASK]->(t:Task {id: x.task})
WITH s, i, x, d, t ORDER BY d.id, i.start, x.start, x.id LIMIT $limit
RETURN x.id AS id, x.task AS task, t.quote AS words, x.recurrence AS recurrence, x.duration AS duration,
       x.duration_unit AS duration_unit, x.anchor AS anchor,
       COLLECT { MATCH (i)<-[l:LEADS]-(v:Unit) RETURN v.name ORDER BY l.position, l.id } AS leads, i.id AS item_id,
       i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, d.issued_on AS document_issued_on, x.inferred AS inferred, x.rule AS rule,
       x.because AS because, d.text_sha256 AS text_sha256, x.start AS start, x.end AS end, x.quote AS quote,
       t.start AS clause_start, t.end AS clause_end, i.start AS item_start, coalesce(x.start, -1) AS fact_start
ORDER BY document_id, item_start, fact_start, id;
