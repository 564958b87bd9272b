// Gives imported units the empty lists that the files of an import cannot hold.
// params: none
// returns: none
MATCH (u:Unit)
WHERE u.aliases IS NULL OR u.candidates IS NULL
SET u.aliases = coalesce(u.aliases, []), u.candidates = coalesce(u.candidates, []);
