// The chains from an instrument down to a unit, one a row: an item that cites it and gives the unit a duty (via item), or
// a document that rests on it as a whole (依据, 落实) and gives the unit a duty (via document), in document order.
// params: regulation (string, regulation id), unit (string, unit id), document (string or null, document id), limit (int)
// returns: id, role, position, as_written, open_list, collective, unit_id, unit_name, unresolved, via,
//   regulation_id, regulation_title, citation_id, citation_relation, citation_as_written, citation_task,
//   citation_inferred, citation_rule, citation_because, citation_start, citation_end, citation_quote,
//   citation_clause_start, citation_clause_end,
//   item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title,
//   inferred, rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start,
//   fact_start
MATCH (u:Unit {id: $unit})-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(n)
WITH u, f, n, CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS document_id
WHERE $document IS NULL OR document_id = $document
UNWIND ['item', 'document'] AS via
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(:Item)-[c1:CITES]->(g1:Regulation)
WHERE via = 'item' AND g1.id = $regulation
OPTIONAL MATCH (:Document {id: document_id})-[c2:CITES]->(g2:Regulation)
WHERE via = 'document' AND g2.id = $regulation AND c2.relation IN ['basis', 'implements']
WITH u, f, n, document_id, via, coalesce(c1, c2) AS c, coalesce(g1, g2) AS g
WHERE c IS NOT NULL
MATCH (d:Document {id: document_id})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
WITH u, f, n, d, s, c, g, via, n:Item AS of_item
RETURN f.id + '+' + coalesce(c.id, '') AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' ELSE 'cooperating' END AS role,
       f.position AS position, f.as_written AS as_written, f.open_list AS open_list,
       coalesce(u.collective, false) AS collective, u.id AS unit_id, u.name AS unit_name,
       coalesce(u.unresolved, false) OR coalesce(g.unresolved, false) AS unresolved,
       CASE WHEN c IS NOT NULL THEN via END AS via, g.id AS regulation_id, g.title AS regulation_title,
       c.id AS citation_id, c.relation AS citation_relation, c.as_written AS citation_as_written,
       c.task AS citation_task, c.inferred AS citation_inferred, c.rule AS citation_rule,
       c.because AS citation_because, c.start AS citation_start, c.end AS citation_end, c.quote AS citation_quote,
       c.clause_start AS citation_clause_start, c.clause_end AS citation_clause_end,
       CASE WHEN of_item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title,
       f.inferred AS inferred, f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256, f.start AS start,
       f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end,
       CASE WHEN of_item THEN n.start ELSE -1 END AS item_start, coalesce(f.start, -1) AS fact_start
ORDER BY document_id, item_start, fact_start, citation_start, id
LIMIT $limit;
