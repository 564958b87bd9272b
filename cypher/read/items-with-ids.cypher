// Some items by their ids, in document order, as lists show them.
// lead_marks: 1 inferred, 2 of a list that is not closed, 4 a collective, added up.
// params: ids (list of string, item ids)
// returns: id, number, label, part, heading, document_id, section_id, section_label, section_title, due_date,
//   due_precision, due_basis, ongoing, timing_kind, timing_reason, timing_start,
//   timing_end, timing_quote, kind, queryable, answered_by,
//   dates_below, lead_ids, lead_names, lead_marks, text_sha256,
//   start, end, item_start, fact_start
UNWIND $ids AS id
MATCH (i:Item {id: id})<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)})
RETURN i.id AS id, i.number AS number, i.label AS label, i.part AS part, i.heading AS heading, d.id AS document_id,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, i.due_date AS due_date,
       i.due_precision AS due_precision, i.due_basis AS due_basis, i.ongoing AS ongoing,
       i.timing AS timing_kind, i.timing_reason AS timing_reason, i.timing_start AS timing_start, i.timing_end AS timing_end, i.timing_quote AS timing_quote,
       i.kind AS kind, i.queryable AS queryable, [] AS answered_by, [] AS dates_below,
       COLLECT { MATCH (i)<-[l:LEADS]-(u:Unit) RETURN u.id ORDER BY l.position, l.id } AS lead_ids,
       COLLECT { MATCH (i)<-[l:LEADS]-(u:Unit) RETURN u.name ORDER BY l.position, l.id } AS lead_names,
       COLLECT { MATCH (i)<-[l:LEADS]-(u:Unit)
                 RETURN CASE WHEN l.inferred THEN 1 ELSE 0 END + CASE WHEN l.open_list THEN 2 ELSE 0 END
                        + CASE WHEN u.collective THEN 4 ELSE 0 END
                 ORDER BY l.position, l.id } AS lead_marks,
       d.text_sha256 AS text_sha256, i.start AS start, i.end AS end, i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
