// Who leads, bears or supervises a plan as a whole, in the order of plans: duties that the text gives for the document
// itself and for no item.
// params: documents (list of string, ids of the plans to look at), role (string or null, one of lead responsible cooperating
//   supervising), after (map or null, keys of the last row), limit (int)
// returns: id, role, position, as_written, open_list, collective, unit_id, unit_name, document_id, document_title,
//   inferred, rule, because, text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
WITH d, f, u, document_id,
     CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' ELSE 'supervising' END AS role
WHERE $role IS NULL OR role = $role
// page:
WITH d, f, u, document_id, role, coalesce(f.start, -1) AS fact_start
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND fact_start > $after.fact)
   OR (document_id = $after.document AND fact_start = $after.fact AND f.id > $after.id)
WITH d, f, u, document_id, role, fact_start ORDER BY document_id, fact_start, f.id LIMIT $limit
RETURN f.id AS id, role AS role, f.position AS position, f.as_written AS as_written, f.open_list AS open_list,
       u.collective AS collective, u.id AS unit_id, u.name AS unit_name, document_id AS document_id,
       d.title AS document_title, f.inferred AS inferred, f.rule AS rule, f.because AS because,
       d.text_sha256 AS text_sha256, f.start AS start, f.end AS end, f.quote AS quote, f.clause_start AS clause_start,
       f.clause_end AS clause_end, -1 AS item_start, fact_start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
