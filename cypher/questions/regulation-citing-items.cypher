// Which items, or documents themselves, cite an instrument, and in which relation, in document order.
// params: regulation (string, regulation id), relation (string or null, basis implements produces revises repeals or
//   mentions), document (string or null, document id), after (map or null, keys of the last row), limit (int)
// returns: id, relation, as_written, regulation_id, regulation_title, item_id, item_number, item_label, item_heading,
//   item_part, section_id, section_label, section_title, document_id, document_title, task, inferred, rule, because,
//   text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
MATCH (g:Regulation {id: $regulation})<-[f:CITES]-(n)
WHERE ($relation IS NULL OR f.relation = $relation)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
// page:
WITH g, f, n, n:Item AS of_item
WITH g, f, n, of_item, coalesce(f.start, -1) AS fact_start,
     CASE WHEN of_item THEN n.start ELSE -1 END AS item_start,
     CASE WHEN of_item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND item_start > $after.item)
   OR (document_id = $after.document AND item_start = $after.item AND fact_start > $after.fact)
   OR (document_id = $after.document AND item_start = $after.item AND fact_start = $after.fact AND f.id > $after.id)
WITH g, f, n, of_item, fact_start, item_start, document_id
ORDER BY document_id, item_start, fact_start, f.id
LIMIT $limit
MATCH (d:Document {id: document_id})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
RETURN f.id AS id, f.relation AS relation, f.as_written AS as_written, g.id AS regulation_id,
       g.title AS regulation_title, CASE WHEN of_item THEN n.id END AS item_id, n.number AS item_number,
       n.label AS item_label, n.heading AS item_heading, n.part AS item_part, s.id AS section_id,
       s.label AS section_label, s.title AS section_title, d.id AS document_id, d.title AS document_title,
       f.task AS task, f.inferred AS inferred, f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256,
       f.start AS start, f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end,
       item_start AS item_start, fact_start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
