// The officials (负责人) who head an item.
// params: item (string, item id)
// returns: id, position, as_written, official_id, official_name, official_post, inferred, rule, because, start, end,
//   quote, clause_start, clause_end
MATCH (:Item {id: $item})<-[f:HEADS]-(o:Official)
RETURN f.id AS id, f.position AS position, f.as_written AS as_written, o.id AS official_id, o.name AS official_name,
       f.post AS official_post, f.inferred AS inferred, f.rule AS rule, f.because AS because, f.start AS start,
       f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY position, id;
