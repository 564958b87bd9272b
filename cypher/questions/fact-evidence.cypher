// Where a fact stands: one fact by its id, or all facts of an item and its parts, or those of an item that concern a
// unit; a step sorts them in document order.
// params: item (string or null, item id), unit (string or null, unit id), fact (string or null, id of one fact),
//   document (string or null, document id)
// returns: id, fact, name, item_id, item_number, item_label, item_heading, item_part, section_id, section_label,
//   section_title, document_id, document_title, inferred, rule, because, text_sha256, start, end, clause_start,
//   clause_end, item_start, fact_start
MATCH (:Item {id: coalesce($item, split($fact, '|')[0])})-[:HAS_PART*0..6]->(n:Item)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|HEADS|CITES|MENTIONED_IN|HAS_DEADLINE|HAS_TASK]-(x)
WHERE ($unit IS NULL OR x.id = $unit) AND ($fact IS NULL OR coalesce(f.id, x.id) = $fact)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
MATCH (d:Document {id: CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
WITH d, s, n, f, x, CASE WHEN n:Item THEN n.start ELSE -1 END AS item_start, coalesce(f.start, x.start, -1) AS fact_start
RETURN coalesce(f.id, x.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' WHEN 'HEADS' THEN 'leader' WHEN 'MENTIONED_IN' THEN 'mention' WHEN 'CITES' THEN 'citation' WHEN 'HAS_TASK' THEN 'task' ELSE 'deadline' END AS fact,
       coalesce(x.name, x.title, x.post, x.date, x.recurrence, x.quote) AS name,
       CASE WHEN n:Item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title,
       coalesce(f.inferred, x.inferred) AS inferred, coalesce(f.rule, x.rule) AS rule,
       coalesce(f.because, x.because) AS because, d.text_sha256 AS text_sha256,
       coalesce(f.start, x.start, f.because[0], x.because[0]) AS start,
       coalesce(f.end, x.end, f.because[1], x.because[1]) AS end, f.clause_start AS clause_start,
       f.clause_end AS clause_end, item_start AS item_start, fact_start AS fact_start
UNION ALL
MATCH (n:Document {id: split($fact, '|')[0]})-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|HEADS|CITES|MENTIONED_IN|HAS_DEADLINE]-(x)
WHERE ($unit IS NULL OR x.id = $unit) AND ($fact IS NULL OR coalesce(f.id, x.id) = $fact)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
  AND $item IS NULL
MATCH (d:Document {id: CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
WITH d, s, n, f, x, CASE WHEN n:Item THEN n.start ELSE -1 END AS item_start, coalesce(f.start, x.start, -1) AS fact_start
RETURN coalesce(f.id, x.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' WHEN 'HEADS' THEN 'leader' WHEN 'MENTIONED_IN' THEN 'mention' WHEN 'CITES' THEN 'citation' WHEN 'HAS_TASK' THEN 'task' ELSE 'deadline' END AS fact,
       coalesce(x.name, x.title, x.post, x.date, x.recurrence, x.quote) AS name,
       CASE WHEN n:Item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title,
       coalesce(f.inferred, x.inferred) AS inferred, coalesce(f.rule, x.rule) AS rule,
       coalesce(f.because, x.because) AS because, d.text_sha256 AS text_sha256,
       coalesce(f.start, x.start, f.because[0], x.because[0]) AS start,
       coalesce(f.end, x.end, f.because[1], x.because[1]) AS end, f.clause_start AS clause_start,
       f.clause_end AS clause_end, item_start AS item_start, fact_start AS fact_start
UNION ALL
MATCH (x:Deadline {id: $fact})<-[f:HAS_DEADLINE]-(n)
WHERE ($unit IS NULL OR x.id = $unit) AND ($fact IS NULL OR coalesce(f.id, x.id) = $fact)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
  AND $item IS NULL
MATCH (d:Document {id: CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
WITH d, s, n, f, x, CASE WHEN n:Item THEN n.start ELSE -1 END AS item_start, coalesce(f.start, x.start, -1) AS fact_start
RETURN coalesce(f.id, x.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' WHEN 'HEADS' THEN 'leader' WHEN 'MENTIONED_IN' THEN 'mention' WHEN 'CITES' THEN 'citation' WHEN 'HAS_TASK' THEN 'task' ELSE 'deadline' END AS fact,
       coalesce(x.name, x.title, x.post, x.date, x.recurrence, x.quote) AS name,
       CASE WHEN n:Item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title,
       coalesce(f.inferred, x.inferred) AS inferred, coalesce(f.rule, x.rule) AS rule,
       coalesce(f.because, x.because) AS because, d.text_sha256 AS text_sha256,
       coalesce(f.start, x.start, f.because[0], x.because[0]) AS start,
       coalesce(f.end, x.end, f.because[1], x.because[1]) AS end, f.clause_start AS clause_start,
       f.clause_end AS clause_end, item_start AS item_start, fact_start AS fact_start
UNION ALL
MATCH (x:Task {id: $fact})<-[f:HAS_TASK]-(n)
WHERE ($unit IS NULL OR x.id = $unit) AND ($fact IS NULL OR coalesce(f.id, x.id) = $fact)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
  AND $item IS NULL
MATCH (d:Document {id: CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
WITH d, s, n, f, x, CASE WHEN n:Item THEN n.start ELSE -1 END AS item_start, coalesce(f.start, x.start, -1) AS fact_start
RETURN coalesce(f.id, x.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' WHEN 'HEADS' THEN 'leader' WHEN 'MENTIONED_IN' THEN 'mention' WHEN 'CITES' THEN 'citation' WHEN 'HAS_TASK' THEN 'task' ELSE 'deadline' END AS fact,
       coalesce(x.name, x.title, x.post, x.date, x.recurrence, x.quote) AS name,
       CASE WHEN n:Item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title,
       coalesce(f.inferred, x.inferred) AS inferred, coalesce(f.rule, x.rule) AS rule,
       coalesce(f.because, x.because) AS because, d.text_sha256 AS text_sha256,
       coalesce(f.start, x.start, f.because[0], x.because[0]) AS start,
       coalesce(f.end, x.end, f.because[1], x.because[1]) AS end, f.clause_start AS clause_start,
       f.clause_end AS clause_end, item_start AS item_start, fact_start AS fact_start;
