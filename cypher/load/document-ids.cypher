// Every loaded document, for a check of the whole graph.
// params: none
// returns: id
MATCH (d:Document)
RETURN d.id AS id
ORDER BY id;
