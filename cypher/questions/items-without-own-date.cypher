// Items whose own clauses give no date, in document order: the date that the item above or the fallback clause of
// their document gives them and the words of that clause, or no date and the words of the item.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   item (string or null, item id), after (map or null, keys of the last row), limit (int)
// returns: id, item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title, due_date, due_precision, due_basis, ongoing, timing_kind, timing_reason, timing_start,
//   timing_end, timing_quote, hedge, inferred, rule, because,
//   text_sha256, start, end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($region IS NULL OR d.region = $region)
  AND coalesce(i.due_basis, 'none') IN ['parent', 'document', 'none']
  AND i.queryable
  AND ($item IS NULL OR top.id = $item OR i.id = $item)
// page:
WITH d, s, i, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND i.id > $after.id)
WITH s, i, d, document_id ORDER BY document_id, i.start, i.id LIMIT $limit
OPTIONAL MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
WHERE x.kind IN ['parent', 'document']
RETURN i.id AS id, i.id AS item_id, i.number AS item_number, i.label AS item_label, i.heading AS item_heading,
       i.part AS item_part, s.id AS section_id, s.label AS section_label, s.title AS section_title,
       d.id AS document_id, d.title AS document_title, i.due_date AS due_date, i.due_precision AS due_precision,
       coalesce(i.due_basis, 'none') AS due_basis, coalesce(i.ongoing, false) AS ongoing,
       i.timing AS timing_kind, i.timing_reason AS timing_reason, i.timing_start AS timing_start, i.timing_end AS timing_end, i.timing_quote AS timing_quote,
       x.hedge AS hedge,
       x IS NOT NULL AS inferred, x.rule AS rule, x.because AS because, d.text_sha256 AS text_sha256,
       CASE WHEN x IS NULL THEN i.start ELSE x.because[0] END AS start,
       CASE WHEN x IS NULL THEN i.end ELSE x.because[1] END AS end, i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
