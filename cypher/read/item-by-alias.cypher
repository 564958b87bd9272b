// The item that an id of an earlier reading means now.
// params: id (string)
// returns: id, name
MATCH (a:Alias {id: $id})
MATCH (i:Item {id: a.target})
RETURN i.id AS id, i.heading AS name;
