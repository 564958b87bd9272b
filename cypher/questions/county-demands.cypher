// Demands on collectives in the bodies of items, with the collectives and levels on the unit lines; the step keeps demands
// on counties in items whose lines name no county.
// params: documents (list of string, ids of the plans to look at), item (string or null, item id), limit (int)
// returns: id, as_written, unit_id, unit_name, item_id, item_number, item_label, item_heading, item_part, section_id,
//   section_label, section_title, document_id, document_title, line_names, line_levels, inferred, rule, because,
//   text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)<-[f:MENTIONED_IN]-(u:Unit)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND u.collective
  AND ($item IS NULL OR top.id = $item OR i.id = $item)
WITH d, s, u, f, i, document_id
ORDER BY document_id, i.start, f.start, f.id LIMIT $limit
RETURN f.id AS id, f.as_written AS as_written, u.id AS unit_id, u.name AS unit_name, i.id AS item_id,
       i.number AS item_number, i.label AS item_label, i.heading AS item_heading, i.part AS item_part, s.id AS section_id,
       s.label AS section_label, s.title AS section_title, d.id AS document_id, d.title AS document_title,
       COLLECT { MATCH (i)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(b:Unit) WHERE b.collective RETURN b.name } AS line_names,
       COLLECT { MATCH (i)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(b:Unit) WHERE b.level IS NOT NULL RETURN DISTINCT b.level }
         AS line_levels,
       f.inferred AS inferred, f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256, f.start AS start,
       f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end,
       i.start AS item_start, coalesce(f.start, -1) AS fact_start
ORDER BY document_id, item_start, fact_start, id;
