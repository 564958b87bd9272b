// The instruments that a document itself cites, and whether each is known, as the rules of findings (疑点) read them.
// params: document (string, document id)
// returns: as_written, regulation_id, regulation_title, unresolved, start, end, quote, clause_start, clause_end
MATCH (:Document {id: $document})-[f:CITES]->(g:Regulation)
RETURN f.as_written AS as_written, g.id AS regulation_id, g.title AS regulation_title, g.unresolved AS unresolved,
       f.start AS start, f.end AS end, f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY start, regulation_id;
