// Which of some documents are of a region, in order.
// params: documents (list of string, document ids), region (string)
// returns: id
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id, region: $region})
RETURN d.id AS id
ORDER BY id;
