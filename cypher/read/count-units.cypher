// How many rows read/units has in all.
// params: q (string or null, folded part of a name), region (string or null), kind (string or null), collective (bool
//   or null), document (string or null, document id)
// returns: total
MATCH (u:Unit)
WHERE ($region IS NULL OR u.region = $region)
  AND ($kind IS NULL OR u.kind = $kind)
  AND ($collective IS NULL OR u.collective = $collective)
  AND ($q IS NULL OR u.search_text CONTAINS $q)
  AND ($document IS NULL
       OR EXISTS { MATCH (u)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|MENTIONED_IN]-(n)
       WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN count(u) AS total;
