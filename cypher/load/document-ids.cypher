// Every loaded document, for a check of the whole graph.
// params: none
// returns: id, loaded_at
MATCH (d:Document)
RETURN d.id AS id, d.loaded_at AS loaded_at
ORDER BY id;
