// The plans whose lead duties (牵头) are counted, by id.
// params: documents (list of string, ids of the plans to look at), limit (int)
// returns: document_id, document_title, text_sha256
UNWIND $documents AS key
MATCH (d:Document {id: key})
RETURN d.id AS document_id, d.title AS document_title, d.text_sha256 AS text_sha256
ORDER BY document_id
LIMIT $limit;
