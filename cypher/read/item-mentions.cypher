// The units that the body of an item demands something of, and that its unit lines do not name.
// params: item (string, item id)
// returns: id, as_written, unit_id, unit_name, inferred, rule, because, start, end, quote, clause_start, clause_end
MATCH (:Item {id: $item})<-[f:MENTIONED_IN]-(u:Unit)
RETURN f.id AS id, f.as_written AS as_written, u.id AS unit_id, u.name AS unit_name, f.inferred AS inferred,
       f.rule AS rule, f.because AS because, f.start AS start, f.end AS end, f.quote AS quote,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY start, id;
