// The items of a document and their parts, as the rules of findings (疑点) read them.
// params: document (string, document id)
// returns: id, number, label, heading, part, parent, kind, level, queryable, section_id, section_label, section_title, due_date, due_precision,
//   due_basis, ongoing, timing_kind, timing_reason, timing_start,
//   timing_end, timing_quote, start, end
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
OPTIONAL MATCH (p:Item)-[:HAS_PART]->(i)
RETURN i.id AS id, i.number AS number, i.label AS label, i.heading AS heading, i.part AS part,
       p.id AS parent, i.kind AS kind, i.level AS level, i.queryable AS queryable, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, i.due_date AS due_date, i.due_precision AS due_precision, i.due_basis AS due_basis,
       i.ongoing AS ongoing,
       i.timing AS timing_kind, i.timing_reason AS timing_reason, i.timing_start AS timing_start, i.timing_end AS timing_end, i.timing_quote AS timing_quote,
       i.start AS start, i.end AS end
ORDER BY start, id;
