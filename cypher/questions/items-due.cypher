// Items whose deadline lies on or before a date (到期), in document order, with who leads them and the clause that gives the
// date; those without a date are left out.
// params: by (string, ISO date such as 2017-12-31), documents (list of string, ids of the plans to look at), after
//   (map or null, keys of the last row), limit (int)
// returns: id, item_id, item_number, item_label, item_heading, item_part, section_id, section_label, section_title,
//   document_id, document_title, due_date, due_precision, due_basis, ongoing, leads, inferred, rule, because,
//   text_sha256, start, end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND i.queryable AND i.due_date <= $by
WITH d, s, i, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND i.id > $after.id)
WITH d, s, i, document_id ORDER BY document_id, i.start, i.id LIMIT $limit
OPTIONAL MATCH (i)<-[l:LEADS]-(v:Unit)
WITH d, s, i, l, v ORDER BY l.position, l.id
WITH d, s, i, collect(DISTINCT v.name) AS leads
OPTIONAL MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
WHERE x.date = i.due_date AND x.task IS NULL
  AND x.kind = CASE WHEN i.due_basis IN ['parent', 'document'] THEN i.due_basis ELSE 'default' END
WITH d, s, i, leads, x ORDER BY x.start, x.id
WITH d, s, i, leads,
     collect({inferred: x.inferred, rule: x.rule, because: x.because, start: coalesce(x.start, x.because[0], i.start),
              end: coalesce(x.end, x.because[1], i.end)})[0] AS clause
RETURN i.id AS id, i.id AS item_id, i.number AS item_number, i.label AS item_label, i.heading AS item_heading,
       i.part AS item_part, s.id AS section_id, s.label AS section_label, s.title AS section_title,
       d.id AS document_id, d.title AS document_title, i.due_date AS due_date, i.due_precision AS due_precision,
       i.due_basis AS due_basis, i.ongoing AS ongoing, leads AS leads, clause.inferred AS inferred, clause.rule AS rule,
       clause.because AS because, d.text_sha256 AS text_sha256, clause.start AS start, clause.end AS end,
       i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
