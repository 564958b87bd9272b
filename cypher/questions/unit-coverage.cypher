// Every item of the plans that give a unit a duty or ask something of it, with its duty there or none, and with whom the
// lines of the item name; a step says why the others do not have it.
// params: unit (string, unit id), documents (list of string, ids of the plans to look at), limit (int)
// returns: id, unit_id, unit_name, unit_kind, unit_level, role, lines, item_id, item_number, item_label, item_heading,
//   item_part, section_id, section_label, section_title, document_id, document_title, inferred, rule, because,
//   text_sha256, start, end, clause_start, clause_end, item_start, fact_start
MATCH (u:Unit {id: $unit})
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND i.queryable
OPTIONAL MATCH (u)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(i)
WITH u, d, s, i, f ORDER BY d.id, i.start, f.start LIMIT $limit
OPTIONAL MATCH (i)<-[l:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(v:Unit)
WITH u, d, s, i, f, l, v ORDER BY l.start, l.id
WITH u, d, s, i, f,
     collect({name: v.name, collective: v.collective, level: v.level, start: l.start, end: l.end,
              clause_start: l.clause_start, clause_end: l.clause_end}) AS lines
RETURN i.id AS id, u.id AS unit_id, u.name AS unit_name, u.kind AS unit_kind, u.level AS unit_level,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' END AS role,
       lines AS lines, i.id AS item_id, i.number AS item_number, i.label AS item_label, i.heading AS item_heading,
       i.part AS item_part, s.id AS section_id, s.label AS section_label, s.title AS section_title,
       d.id AS document_id, d.title AS document_title, f.inferred AS inferred, f.rule AS rule, f.because AS because,
       d.text_sha256 AS text_sha256, coalesce(f.start, i.start) AS start, coalesce(f.end, i.end) AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end, i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
