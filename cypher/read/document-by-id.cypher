// The document with an id.
// params: id (string)
// returns: id, name, region
MATCH (d:Document {id: $id})
RETURN d.id AS id, d.title AS name, d.region AS region;
