// The units that have one of many ids.
// params: ids (list of string)
// returns: id, name, region
MATCH (u:Unit)
WHERE u.id IN $ids
RETURN u.id AS id, u.name AS name, u.region AS region
ORDER BY id;
