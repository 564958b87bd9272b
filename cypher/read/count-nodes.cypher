// How many nodes there are, of any kind: a database without our record of migrations should have none.
// params: none
// returns: count
MATCH (n)
RETURN count(n) AS count;
