// Which of some documents are of one of the regions, in order.
// params: documents (list of string, document ids), regions (list of string)
// returns: id
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})
WHERE d.region IN $regions
RETURN d.id AS id
ORDER BY id;
