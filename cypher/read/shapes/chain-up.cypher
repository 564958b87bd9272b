// What stands above {label} nodes ({chinese}) by {types}: one step up the chain.
// params: ids (list of string), types (list of string, relationship types to follow), document (string or null,
//   only what is in it), limit (int)
// returns: lower, lower_kind, lower_collective, upper, upper_kind, id, type, relation, task, position, as_written,
//   open_list, inferred, rule, because, start, end, quote, clause_start, clause_end
UNWIND $ids AS key
MATCH (lower:{label} {id: key}){from}[f:{types}]{to}(upper{far})
WHERE type(f) IN $types
  AND ($document IS NULL OR upper.id = $document OR upper.id STARTS WITH $document + ':')
RETURN lower.id AS lower, '{owner}' AS lower_kind, coalesce(lower.collective, false) AS lower_collective,
       upper.id AS upper, toLower(labels(upper)[0]) AS upper_kind,
       f.id AS id, type(f) AS type, f.relation AS relation, f.task AS task,
       f.position AS position, f.as_written AS as_written, f.open_list AS open_list, f.inferred AS inferred,
       f.rule AS rule, f.because AS because, f.start AS start, f.end AS end, f.quote AS quote,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY lower, upper, id
LIMIT $limit;
