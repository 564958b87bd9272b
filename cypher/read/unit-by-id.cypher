// The unit with an id.
// params: id (string)
// returns: id, name, region
MATCH (u:Unit {id: $id})
RETURN u.id AS id, u.name AS name, u.region AS region;
