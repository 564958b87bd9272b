// The plans whose lead duties (牵头) are counted, by id.
// params: document (string or null, document id), limit (int)
// returns: document_id, document_title, text_sha256
MATCH (d:Document)
WHERE $document IS NULL OR d.id = $document
RETURN d.id AS document_id, d.title AS document_title, d.text_sha256 AS text_sha256
ORDER BY document_id
LIMIT $limit;
