// The time clauses of one {label} ({chinese}), of an item with those of its tasks.
// params: {owner} (string, {owner} id)
// returns: id, kind, date, precision, conditional, hedge, recurrence, duration, duration_unit, anchor, task,
//   inferred, rule, because, start, end, quote
MATCH (:{label} {id: ${owner}})-[:HAS_DEADLINE]->(x:Deadline)
RETURN x.id AS id, x.kind AS kind, x.date AS date, x.precision AS precision, x.conditional AS conditional,
       x.hedge AS hedge, x.recurrence AS recurrence, x.duration AS duration, x.duration_unit AS duration_unit,
       x.anchor AS anchor, x.task AS task, x.inferred AS inferred, x.rule AS rule, x.because AS because,
       x.start AS start, x.end AS end, x.quote AS quote
ORDER BY start, id;
