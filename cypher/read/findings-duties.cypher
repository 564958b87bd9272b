// The duties that the items of a document give to units, as the rules of findings (疑点) and dossiers read them.
// params: document (string, document id)
// returns: item_id, role, position, as_written, open_list, collective, unit_id, unit_name, unit_level, inferred, rule,
//   because, start, end, quote, clause_start, clause_end
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
RETURN i.id AS item_id,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' ELSE 'supervising' END AS role,
       f.position AS position, f.as_written AS as_written, f.open_list AS open_list, u.collective AS collective,
       u.id AS unit_id, u.name AS unit_name, u.level AS unit_level, f.inferred AS inferred, f.rule AS rule,
       f.because AS because, f.start AS start, f.end AS end, f.quote AS quote, f.clause_start AS clause_start,
       f.clause_end AS clause_end
ORDER BY item_id, role, position, unit_id;
