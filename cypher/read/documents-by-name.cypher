// The documents with one of the titles or reference numbers (文号).
// params: names (list of string)
// returns: id, name, region
MATCH (d:Document)
WHERE d.title IN $names
RETURN d.id AS id, d.title AS name, d.region AS region
UNION
MATCH (d:Document)
WHERE d.reference_number IN $names
RETURN d.id AS id, d.title AS name, d.region AS region;
