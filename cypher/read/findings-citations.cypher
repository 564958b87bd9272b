// The instruments that a document's items cite, and whether each is known, as findings (疑点) and dossiers read them.
// params: document (string, document id)
// returns: item_id, relation, as_written, regulation_id, regulation_title, reference_number, unresolved, inferred, rule,
//   because, start, end, quote, clause_start, clause_end
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)-[f:CITES]->(g:Regulation)
RETURN i.id AS item_id, f.relation AS relation, f.as_written AS as_written, g.id AS regulation_id,
       g.title AS regulation_title, g.reference_number AS reference_number, g.unresolved AS unresolved,
       f.inferred AS inferred, f.rule AS rule, f.because AS because, f.start AS start, f.end AS end, f.quote AS quote,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY start, regulation_id;
