// What a unit leads (牵头), is responsible for (责任), cooperates on (配合) or supervises (督导), in document order; a duty of
// the document itself has no item and comes first.
// params: unit (string, unit id), role (string or null, one of lead responsible cooperating supervising), document (string or null,
//   document id), facts (list of string, ids of the duties to show)
// returns: id, role, position, as_written, open_list, collective, unit_id, unit_name, item_id, item_number,
//   item_label, item_heading, item_part, section_id, section_label, section_title, document_id, document_title,
//   due_date, due_precision, due_basis, ongoing, timing_kind, timing_reason, timing_start,
//   timing_end, timing_quote, inferred, rule, because, text_sha256, start, end, quote,
//   clause_start, clause_end, item_start, fact_start
UNWIND $facts AS fact
OPTIONAL MATCH (i:Item {id: split(fact, '|')[0]})
OPTIONAL MATCH (w:Document {id: split(fact, '|')[0]})
WITH fact, coalesce(i, w) AS n
MATCH (n)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
WHERE f.id = fact AND u.id = $unit
WITH u, f, n, n:Item AS of_item, coalesce(f.start, -1) AS fact_start,
     CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' ELSE 'supervising' END AS role
WITH u, f, n, of_item, role, fact_start, CASE WHEN of_item THEN n.start ELSE -1 END AS item_start,
     CASE WHEN of_item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS document_id
WHERE ($role IS NULL OR role = $role) AND ($document IS NULL OR document_id = $document)
MATCH (d:Document {id: document_id})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
RETURN f.id AS id, role AS role, f.position AS position, f.as_written AS as_written, f.open_list AS open_list,
       u.collective AS collective, u.id AS unit_id, u.name AS unit_name, CASE WHEN of_item THEN n.id END AS item_id,
       n.number AS item_number, n.label AS item_label, n.heading AS item_heading, n.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, n.due_date AS due_date, n.due_precision AS due_precision,
       coalesce(n.due_basis, 'none') AS due_basis, coalesce(n.ongoing, false) AS ongoing,
       n.timing AS timing_kind, n.timing_reason AS timing_reason, n.timing_start AS timing_start, n.timing_end AS timing_end, n.timing_quote AS timing_quote,
       f.inferred AS inferred,
       f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256, f.start AS start, f.end AS end,
       f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end, item_start AS item_start,
       fact_start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
