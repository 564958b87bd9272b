// What one {label} ({chinese}) itself cites.
// params: {owner} (string, {owner} id)
// returns: id, relation, as_written, regulation_id, regulation_title, task, inferred, rule, because, start, end,
//   quote, clause_start, clause_end
MATCH (:{label} {id: ${owner}})-[f:CITES]->(g:Regulation)
RETURN f.id AS id, f.relation AS relation, f.as_written AS as_written, g.id AS regulation_id,
       g.title AS regulation_title, f.task AS task, f.inferred AS inferred, f.rule AS rule, f.because AS because,
       f.start AS start, f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY start, id;
