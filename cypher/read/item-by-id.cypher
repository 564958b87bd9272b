// The item with an id.
// params: id (string)
// returns: id, name
MATCH (i:Item {id: $id})
RETURN i.id AS id, i.heading AS name;
