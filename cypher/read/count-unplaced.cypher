// How many documents are of no place that is known: a filter for a place leaves them out.
// params: none
// returns: total
MATCH (d:Document)
WHERE d.region IS NULL OR d.region = ''
RETURN count(d) AS total;
