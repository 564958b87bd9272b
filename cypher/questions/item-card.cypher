// All that is stated of an item and its parts: who leads, is responsible, cooperates and heads, its time clauses and
// what it cites; a step sorts them in the order of a card and says which time clause holds.
// params: item (string, item id), document (string or null, document id)
// returns: id, fact, name, refers_to, position, relation, kind, date, precision, conditional, hedge, task, item_id,
//   item_number, item_label, item_heading, item_part, section_id, section_label, section_title, document_id,
//   document_title, due_date, due_precision, due_basis, ongoing, inferred, rule, because, text_sha256, start, end,
//   quote, clause_start, clause_end, item_start, fact_start
MATCH (:Item {id: $item})-[:HAS_PART*0..6]->(i:Item)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|HEADS|CITES|MENTIONED_IN|HAS_DEADLINE]-(x)
WHERE $document IS NULL OR i.id STARTS WITH $document + ':'
MATCH (i)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)})
RETURN coalesce(f.id, x.id) AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' WHEN 'SUPERVISES' THEN 'supervising' WHEN 'HEADS' THEN 'leader' WHEN 'MENTIONED_IN' THEN 'mention' WHEN 'CITES' THEN 'citation' ELSE 'deadline' END AS fact,
       coalesce(x.name, x.title, x.post, x.date) AS name, x.id AS refers_to, f.position AS position,
       f.relation AS relation, x.kind AS kind, x.date AS date, x.precision AS precision, x.conditional AS conditional,
       x.hedge AS hedge, x.task AS task, i.id AS item_id, i.number AS item_number, i.label AS item_label,
       i.heading AS item_heading, i.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title, i.due_date AS due_date,
       i.due_precision AS due_precision, coalesce(i.due_basis, 'none') AS due_basis,
       coalesce(i.ongoing, false) AS ongoing, coalesce(f.inferred, x.inferred) AS inferred,
       coalesce(f.rule, x.rule) AS rule, coalesce(f.because, x.because) AS because, d.text_sha256 AS text_sha256,
       coalesce(f.start, x.start) AS start, coalesce(f.end, x.end) AS end, coalesce(f.quote, x.quote) AS quote,
       f.clause_start AS clause_start, f.clause_end AS clause_end, i.start AS item_start,
       coalesce(f.start, x.start, -1) AS fact_start
ORDER BY document_id, item_start, fact_start, id;
