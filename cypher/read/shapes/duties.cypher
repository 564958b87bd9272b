// The duties that one {label} ({chinese}) gives to units, in the order of the text.
// params: {owner} (string, {owner} id)
// returns: id, role, position, as_written, open_list, collective, unit_id, unit_name, inferred, rule, because, start,
//   end, quote, clause_start, clause_end
MATCH (:{label} {id: ${owner}})<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
RETURN f.id AS id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' ELSE 'supervising' END AS role,
       f.position AS position, f.as_written AS as_written, f.open_list AS open_list, u.collective AS collective,
       u.id AS unit_id, u.name AS unit_name, f.inferred AS inferred, f.rule AS rule, f.because AS because,
       f.start AS start, f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY role, position, id;
