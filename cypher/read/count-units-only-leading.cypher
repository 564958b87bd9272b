// How many rows questions/units-only-leading has in all.
// params: document (string or null, document id), region (string or null, region of the unit)
// returns: total
MATCH (u:Unit)
WHERE NOT u.collective
  AND ($region IS NULL OR u.region = $region)
  AND EXISTS {
    MATCH (u)-[:LEADS]->(n) WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
  }
  AND NOT EXISTS {
    MATCH (u)-[:RESPONSIBLE_FOR]->(n) WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
  }
RETURN count(u) AS total;
