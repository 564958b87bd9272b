// The units that the bodies of a document's items demand something of, and that the unit lines do not name.
// params: document (string, document id)
// returns: item_id, as_written, collective, unit_id, unit_name, unit_level, start, end, quote, clause_start, clause_end
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)<-[f:MENTIONED_IN]-(u:Unit)
RETURN i.id AS item_id, f.as_written AS as_written, u.collective AS collective, u.id AS unit_id,
       u.name AS unit_name, u.level AS unit_level, f.start AS start, f.end AS end, f.quote AS quote,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY start, unit_id;
