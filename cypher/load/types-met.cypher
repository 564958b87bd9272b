// How many relationships there are of each type, those of others as well: for a check of the whole store.
// params: none
// returns: type, count
MATCH ()-[r]->()
WITH type(r) AS type, count(*) AS count
RETURN type, count
ORDER BY type;
