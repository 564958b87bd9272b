// The instrument with an id.
// params: id (string)
// returns: id, name
MATCH (g:Regulation {id: $id})
RETURN g.id AS id, g.title AS name;
