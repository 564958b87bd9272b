// The time clauses of a document's items, tasks included, as the rules of findings (疑点) read them.
// params: document (string, document id)
// returns: item_id, id, kind, date, precision, conditional, recurrence, task, rule, because, start, end, quote
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)
MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
RETURN i.id AS item_id, x.id AS id, x.kind AS kind, x.date AS date, x.precision AS precision,
       x.conditional AS conditional, x.recurrence AS recurrence, x.task AS task, x.rule AS rule, x.because AS because,
       x.start AS start, x.end AS end, x.quote AS quote
ORDER BY item_id, start, id;
