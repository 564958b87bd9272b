// Items, or whole documents, that give both of two units a duty, with the role and the words of each, in document order;
// a unit with two roles on an item has two rows.
// params: unit (string, unit id), other (string, unit id), document (string or null, document id), limit (int)
// returns: id, role, position, as_written, open_list, collective, unit_id, unit_name, other_id, other_name,
//   other_role, other_position, other_as_written, other_open_list, other_collective, other_inferred, other_rule,
//   other_because, other_start, other_end, other_quote, other_clause_start, other_clause_end,
//   item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title,
//   due_date, due_precision, due_basis, ongoing, inferred, rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start,
//   fact_start
MATCH (u:Unit {id: $unit})-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(n)
WITH u, f, n, CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS document_id
WHERE $document IS NULL OR document_id = $document
MATCH (d:Document {id: document_id})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
WITH u, f, n, d, s, n:Item AS of_item
MATCH (n)<-[g:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(o:Unit)
WHERE coalesce(o.id, '') = $other // met at the item, not sought: to seek both units would multiply their duties
RETURN f.id + '+' + g.id AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' ELSE 'cooperating' END AS role,
       f.position AS position, f.as_written AS as_written, f.open_list AS open_list,
       coalesce(u.collective, false) AS collective, u.id AS unit_id, u.name AS unit_name, o.id AS other_id,
       o.name AS other_name,
       CASE type(g) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' ELSE 'cooperating' END AS other_role,
       g.position AS other_position, g.as_written AS other_as_written, g.open_list AS other_open_list,
       coalesce(o.collective, false) AS other_collective, g.inferred AS other_inferred, g.rule AS other_rule,
       g.because AS other_because, g.start AS other_start, g.end AS other_end, g.quote AS other_quote,
       g.clause_start AS other_clause_start, g.clause_end AS other_clause_end,
       CASE WHEN of_item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title,
       n.due_date AS due_date, n.due_precision AS due_precision, coalesce(n.due_basis, 'none') AS due_basis,
       coalesce(n.ongoing, false) AS ongoing,
       f.inferred AS inferred, f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256, f.start AS start,
       f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end,
       CASE WHEN of_item THEN n.start ELSE -1 END AS item_start, coalesce(f.start, -1) AS fact_start
ORDER BY document_id, item_start, fact_start, id
LIMIT $limit;
