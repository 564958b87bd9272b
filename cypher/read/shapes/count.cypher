// How many {label} nodes ({chinese}) there are; both engines have the figure.
// params: none
// returns: total
MATCH (n:{label})
RETURN count(n) AS total;
// embedded sql:
SELECT count(*) AS total FROM {label}
