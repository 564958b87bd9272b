// Items without a lead (没有牵头单位), above or below, in document order; without responsible: items without a responsible
// unit (责任单位); without anyone: items without either.
// params: without (string or null, one of lead responsible anyone), documents (list of string, ids of the plans to look
//   at), after (map or null, keys of the last row), limit (int)
// returns: id, item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title, due_date, due_precision, due_basis, ongoing, text_sha256, start, end,
//   item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND i.queryable
  AND (coalesce($without, 'lead') = 'responsible'
       OR NOT (EXISTS { MATCH (i)-[:HAS_PART*0..6]->(:Item)<-[:LEADS]-(:Unit) }
               OR EXISTS { MATCH (i)<-[:HAS_PART*1..6]-(:Item)<-[:LEADS]-(:Unit) }))
  AND (coalesce($without, 'lead') = 'lead'
       OR NOT (EXISTS { MATCH (i)-[:HAS_PART*0..6]->(:Item)<-[:RESPONSIBLE_FOR]-(:Unit) }
               OR EXISTS { MATCH (i)<-[:HAS_PART*1..6]-(:Item)<-[:RESPONSIBLE_FOR]-(:Unit) }))
// page:
WITH d, s, i, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND i.id > $after.id)
WITH d, s, i, document_id ORDER BY document_id, i.start, i.id LIMIT $limit
RETURN i.id AS id, i.id AS item_id, i.number AS item_number, i.label AS item_label, i.heading AS item_heading,
       i.part AS item_part, s.id AS section_id, s.label AS section_label, s.title AS section_title,
       d.id AS document_id, d.title AS document_title, i.due_date AS due_date, i.due_precision AS due_precision,
       i.due_basis AS due_basis, i.ongoing AS ongoing, d.text_sha256 AS text_sha256, i.start AS start, i.end AS end,
       i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
