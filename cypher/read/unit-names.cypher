// Names of units, for proposing the nearest one; collectives belong to a document and are left out.
// params: limit (int)
// returns: id, name, region
MATCH (u:Unit)
WHERE u.collective = false
RETURN u.id AS id, u.name AS name, u.region AS region
ORDER BY id
LIMIT $limit;
