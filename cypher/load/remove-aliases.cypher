// Removes the ids of earlier readings that lead to the items of a document.
// params: document (string, document id)
// returns: none
MATCH (a:Alias)
WHERE a.target STARTS WITH $document + ':'
DELETE a;
