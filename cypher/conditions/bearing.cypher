// Items to which a unit is bound in one of some roles, with the words that bind it.
// params: unit (string, unit id), facts (list of string, ids of its duties in the plans), documents (list of string, ids of
//   the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $facts AS fact
MATCH (i:Item {id: split(fact, '|')[0]})<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
WHERE f.id = fact
WITH f, i, u.id AS unit, left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS document_id
WHERE document_id IN $documents AND unit = $unit
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY document_id, item_start, id, start;
