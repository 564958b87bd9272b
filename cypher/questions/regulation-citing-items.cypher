// Which items, or documents themselves, cite an instrument, and in which relation, in document order.
// params: regulation (string, regulation id), relation (string or null, basis implements produces revises repeals or
//   mentions), document (string or null, document id), of_regions (list of string or null, regions of the document),
//   facts (list of string, ids of the citations to show)
// returns: id, relation, as_written, regulation_id, regulation_title, item_id, item_number, item_label, item_heading,
//   item_part, section_id, section_label, section_title, document_id, document_title, task, inferred, rule, because,
//   text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
UNWIND $facts AS fact
OPTIONAL MATCH (i:Item {id: split(fact, '|')[0]})
OPTIONAL MATCH (w:Document {id: split(fact, '|')[0]})
WITH fact, coalesce(i, w) AS n
MATCH (n)-[f:CITES]->(g:Regulation)
WHERE f.id = fact AND g.id = $regulation AND ($relation IS NULL OR f.relation = $relation)
WITH g, f, n, n:Item AS of_item, coalesce(f.start, -1) AS fact_start
WITH g, f, n, of_item, fact_start, CASE WHEN of_item THEN n.start ELSE -1 END AS item_start,
     CASE WHEN of_item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS document_id
WHERE $document IS NULL OR document_id = $document
MATCH (d:Document {id: document_id})
WHERE $of_regions IS NULL OR d.region IN $of_regions
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
