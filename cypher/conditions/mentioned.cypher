// Items whose body demands something of a unit that no duty line names or covers.
// params: unit (string, unit id), facts (list of string, ids of the mentions of it in the plans), documents (list of
//   string, ids of the plans to look at)
// returns: id, document_id, item_start, start, end, clause_start, clause_end
UNWIND $facts AS fact
MATCH (i:Item {id: split(fact, '|')[0]})<-[f:MENTIONED_IN]-(u:Unit)
WHERE f.id = fact AND u.id = $unit
WITH f, i, left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS document_id
WHERE document_id IN $documents
RETURN i.id AS id, document_id AS document_id, i.start AS item_start, f.start AS start, f.end AS end,
       f.clause_start AS clause_start, f.clause_end AS clause_end
ORDER BY document_id, item_start, id, start;
