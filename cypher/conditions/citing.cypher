// Items that cite an instrument, in a relation where one is named.
// params: cites (string, regulation id), facts (list of string, ids of the citations of it in the plans), relation (string
//   or null, one of basis implements produces revises repeals mentions), documents (list of string, ids of the plans to
//   look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $facts AS fact
MATCH (i:Item {id: split(fact, '|')[0]})-[f:CITES]->(g:Regulation)
WHERE f.id = fact AND g.id = $cites AND ($relation IS NULL OR f.relation = $relation)
WITH f, i, left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS document_id
WHERE document_id IN $documents
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY document_id, item_start, id, start;
