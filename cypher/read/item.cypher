// One item with its section and document.
// params: item (string, item id)
// returns: id, number, label, part, parent, heading, body, document_id, document_title, section_id, section_label,
//   section_title, kind, level, queryable, due_date, due_precision, due_basis, ongoing, timing_kind, timing_reason, timing_start,
//   timing_end, timing_quote, text_sha256, start, end
MATCH (i:Item {id: $item})<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
OPTIONAL MATCH (p:Item)-[:HAS_PART]->(i)
MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)})
RETURN i.id AS id, i.number AS number, i.label AS label, i.part AS part, p.id AS parent, i.heading AS heading,
       i.body AS body, d.id AS document_id, d.title AS document_title, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, i.kind AS kind, i.level AS level, i.queryable AS queryable, i.due_date AS due_date, i.due_precision AS due_precision, i.due_basis AS due_basis,
       i.ongoing AS ongoing,
       i.timing AS timing_kind, i.timing_reason AS timing_reason, i.timing_start AS timing_start, i.timing_end AS timing_end, i.timing_quote AS timing_quote,
       d.text_sha256 AS text_sha256, i.start AS start, i.end AS end
ORDER BY id;
