// The section with an id.
// params: id (string)
// returns: id, name
MATCH (s:Section {id: $id})
RETURN s.id AS id, s.title AS name;
