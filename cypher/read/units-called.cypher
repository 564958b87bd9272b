// Units that plans call by one of many names, in any region; collectives belong to a document and are left out.
// params: names (list of string)
// returns: id, name, region
MATCH (u:Unit)
WHERE u.name IN $names
WITH u
WHERE u.collective = false
RETURN u.id AS id, u.name AS name, u.region AS region
ORDER BY id;
