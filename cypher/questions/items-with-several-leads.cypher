// Items that more than one unit leads (牵头), in document order; the unit is the lead named first, leads are all
// of them in order.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   after (map or null, keys of the last row), limit (int)
// returns: id, unit_id, unit_name, leads, count, item_id, item_number, item_label, item_heading, item_part, section_id,
//   section_label, section_title, document_id, document_title, due_date, due_precision, due_basis, ongoing, inferred,
//   rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($region IS NULL OR d.region = $region)
  AND COUNT { MATCH (i)<-[:LEADS]-(:Unit) } > 1
// page:
WITH d, s, i, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND i.id > $after.id)
WITH s, i, d, document_id ORDER BY document_id, i.start, i.id LIMIT $limit
MATCH (i)<-[f:LEADS]-(u:Unit)
WITH s, i, d, f, u ORDER BY f.position, f.start, f.id
WITH s, i, d, collect(u.name) AS leads,
     collect({unit: u.id, name: u.name, start: f.start, end: f.end, quote: f.quote, clause_start: f.clause_start,
             clause_end: f.clause_end, inferred: f.inferred, rule: f.rule, because: f.because})[0] AS first
RETURN i.id AS id, first.unit AS unit_id, first.name AS unit_name, leads AS leads, size(leads) AS count,
       i.id AS item_id, i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, i.due_date AS due_date, i.due_precision AS due_precision,
       coalesce(i.due_basis, 'none') AS due_basis, coalesce(i.ongoing, false) AS ongoing, first.inferred AS inferred,
       first.rule AS rule, first.because AS because, d.text_sha256 AS text_sha256, first.start AS start,
       first.end AS end, first.quote AS quote, first.clause_start AS clause_start, first.clause_end AS clause_end,
       i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
