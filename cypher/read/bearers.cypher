// Every duty that the items of plans, or their parts, give a unit, by the numbered item it counts for.
// params: documents (list of string, document ids)
// returns: document_id, unit_id, unit_name, collective, role, item_id, item_number, duty_of, start, end, item_start, id
UNWIND $documents AS key
MATCH (d:Document {id: key})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(i:Item)-[:HAS_PART*0..6]->(n:Item)
WHERE (i.id = n.id OR right(i.id, 2) <> '-h')
MATCH (n)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
RETURN d.id AS document_id, u.id AS unit_id, u.name AS unit_name, coalesce(u.collective, false) AS collective,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating'
            ELSE 'supervising' END AS role,
       i.id AS item_id, i.number AS item_number, n.id AS duty_of, f.start AS start, f.end AS end,
       i.start AS item_start, f.id AS id
ORDER BY document_id, item_start, start, id;
