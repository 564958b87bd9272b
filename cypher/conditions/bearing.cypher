// Items to which a unit is bound in one of some roles, with the words that bind it.
// params: unit (string, unit id), roles (list of string, of LEADS RESPONSIBLE_FOR COOPERATES_ON SUPERVISES),
//   documents (list of string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
MATCH (:Unit {id: $unit})-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]->(i:Item)
WHERE type(f) IN $roles
WITH f, i, left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS document_id
WHERE document_id IN $documents
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY document_id, item_start, id, start;
