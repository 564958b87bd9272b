// How many nodes there are of each set of labels, those of others as well: for a check of the whole store.
// params: none
// returns: labels, count
MATCH (n)
WITH labels(n) AS labels, count(*) AS count
RETURN labels, count
ORDER BY labels;
