// The places that loaded plans and units are of.
// params: none
// returns: region
MATCH (d:Document)
WHERE d.region IS NOT NULL
RETURN DISTINCT d.region AS region
UNION
MATCH (u:Unit)
WHERE u.region IS NOT NULL
RETURN DISTINCT u.region AS region;
