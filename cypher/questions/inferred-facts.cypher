// Facts that a rule added or repaired, and that the text does not state literally: duties, citations, deadlines, mentions,
// each with its rule and the places it rests on, in document order.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   item (string or null, item id), after (map or null, keys of the last row), limit (int)
// returns: id, fact, name, item_id, item_number, item_label, item_heading, item_part, section_id, section_label,
//   section_title, document_id, document_title, inferred, rule, because, text_sha256, start, end, clause_start,
//   clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})
WHERE $region IS NULL OR d.region = $region
MATCH (d)-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..20]->(n)
WHERE NOT n:Section
WITH DISTINCT d, n, document_id
MATCH (n)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|HEADS|CITES|MENTIONED_IN|HAS_DEADLINE]-(x)
WHERE coalesce(f.inferred, x.inferred)
  AND ($item IS NULL OR n.id = $item OR n.id STARTS WITH $item + '-')
// page:
WITH d, n, f, x, document_id, CASE WHEN n:Item THEN n.start ELSE -1 END AS item_start,
     coalesce(f.start, x.start, -1) AS fact_start
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND item_start > $after.item)
   OR (document_id = $after.document AND item_start = $after.item AND fact_start > $after.fact)
   OR (document_id = $after.document AND item_start = $after.item AND fact_start = $after.fact AND coalesce(f.id, x.id) > $after.id)
WITH d, n, f, x, document_id, item_start, fact_start
ORDER BY document_id, item_start, fact_start, coalesce(f.id, x.id)
LIMIT $limit
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
RETURN coalesce(f.id, x.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' WHEN 'HEADS' THEN 'leader' WHEN 'MENTIONED_IN' THEN 'mention' WHEN 'CITES' THEN 'citation' ELSE 'deadline' END AS fact,
       coalesce(x.name, x.title, x.post, x.date, x.recurrence) AS name, CASE WHEN n:Item THEN n.id END AS item_id,
       n.number AS item_number, n.label AS item_label, n.heading AS item_heading, n.part AS item_part,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, d.id AS document_id,
       d.title AS document_title, coalesce(f.inferred, x.inferred) AS inferred, coalesce(f.rule, x.rule) AS rule,
       coalesce(f.because, x.because) AS because, d.text_sha256 AS text_sha256,
       coalesce(f.start, x.start, f.because[0], x.because[0]) AS start,
       coalesce(f.end, x.end, f.because[1], x.because[1]) AS end, f.clause_start AS clause_start,
       f.clause_end AS clause_end, item_start AS item_start, fact_start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
