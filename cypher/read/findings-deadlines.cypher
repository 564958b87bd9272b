// The time clauses of a document's items, tasks included, as the rules of findings (疑点) and dossiers read them.
// params: document (string, document id)
// returns: item_id, id, kind, date, precision, conditional, hedge, recurrence, duration, duration_unit, anchor, task,
//   inferred, rule, because, start, end, quote
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
RETURN i.id AS item_id, x.id AS id, x.kind AS kind, x.date AS date, x.precision AS precision,
       x.conditional AS conditional, x.hedge AS hedge, x.recurrence AS recurrence, x.duration AS duration,
       x.duration_unit AS duration_unit, x.anchor AS anchor, x.task AS task, x.inferred AS inferred, x.rule AS rule,
       x.because AS because, x.start AS start, x.end AS end, x.quote AS quote
ORDER BY item_id, start, id;
