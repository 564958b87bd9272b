// Which of some documents are of one of the regions, or all of them, in order, with the number of their items.
// params: documents (list of string, document ids), regions (list of string or null)
// returns: id, count_items
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})
WHERE $regions IS NULL OR d.region IN $regions
RETURN d.id AS id, coalesce(d.count_items, 0) AS count_items
ORDER BY id;
