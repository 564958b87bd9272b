// The responsibility matrix of a section and what is below it, one cell a row: an item, or a part of one, by a unit with
// its role, in document order; an item without any duty has one row without a unit.
// params: section (string, section id), document (string or null, document id, where the section is given by its name),
//   limit (int)
// returns: id, role, position, as_written, open_list, led_around, collective, unit_id, unit_name,
//   item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title,
//   inferred, rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start,
//   fact_start
MATCH (:Section {id: $section})-[:HAS_SECTION*0..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(n:Item)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
  AND n.queryable
  AND ($document IS NULL OR n.id STARTS WITH $document + ':')
MATCH (d:Document {id: left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1)})
OPTIONAL MATCH (n)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
RETURN coalesce(f.id, n.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible'
                    WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' END AS role,
       f.position AS position, f.as_written AS as_written, f.open_list AS open_list,
       EXISTS { MATCH (n)-[:HAS_PART*1..6]->(:Item)<-[:LEADS]-(:Unit) }
         OR EXISTS { MATCH (n)<-[:HAS_PART*1..6]-(:Item)<-[:LEADS]-(:Unit) } AS led_around,
       coalesce(u.collective, false) AS collective, u.id AS unit_id, u.name AS unit_name,
       n.id AS item_id, n.number AS item_number, n.label AS item_label, n.heading AS item_heading,
       n.part AS item_part, s.id AS section_id, s.label AS section_label, s.title AS section_title,
       d.id AS document_id, d.title AS document_title, f IS NULL OR f.inferred AS inferred,
       CASE WHEN f IS NULL THEN 'no-duty-stated' ELSE f.rule END AS rule, coalesce(f.because, []) AS because,
       d.text_sha256 AS text_sha256, CASE WHEN f IS NULL THEN n.start ELSE f.start END AS start,
       CASE WHEN f IS NULL THEN n.end ELSE f.end END AS end, f.quote AS quote, f.clause_start AS clause_start,
       f.clause_end AS clause_end, n.start AS item_start, coalesce(f.start, -1) AS fact_start
ORDER BY document_id, item_start, fact_start, id
LIMIT $limit;
