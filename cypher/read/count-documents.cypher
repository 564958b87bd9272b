// How many rows read/documents has in all.
// params: q (string or null), region (string or null)
// returns: total
MATCH (d:Document)
WHERE ($region IS NULL OR d.region = $region)
  AND ($q IS NULL OR d.title CONTAINS $q OR d.reference_number CONTAINS $q)
RETURN count(d) AS total;
