// Bodies that the text of an item demands something of, and that its unit lines neither name nor cover, in document order.
// params: documents (list of string, ids of the plans to look at), item (string or null, item id), after (map or null,
//   keys of the last row), limit (int)
// returns: id, as_written, unit_id, unit_name, item_id, item_number, item_label, item_heading, item_part, section_id,
//   section_label, section_title, document_id, document_title, inferred, rule, because, text_sha256, start, end, quote,
//   clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)<-[f:MENTIONED_IN]-(u:Unit)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($item IS NULL OR top.id = $item OR i.id = $item)
// page:
WITH d, s, u, f, i, document_id, coalesce(f.start, -1) AS fact_start
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND fact_start > $after.fact)
   OR (document_id = $after.document AND i.start = $after.item AND fact_start = $after.fact AND f.id > $after.id)
WITH d, s, u, f, i, document_id, fact_start ORDER BY document_id, i.start, fact_start, f.id LIMIT $limit
RETURN f.id AS id, f.as_written AS as_written, u.id AS unit_id, u.name AS unit_name, i.id AS item_id,
       i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part, s.id AS section_id,
       s.label AS section_label, s.title AS section_title, d.id AS document_id, d.title AS document_title,
       f.inferred AS inferred, f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256, f.start AS start,
       f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end,
       i.start AS item_start, fact_start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
