// How many rows questions/units-only-leading has in all.
// params: document (string or null, document id), region (string or null, region of the unit)
// returns: total
OPTIONAL MATCH (:Document {id: $document})-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..14]->()<-[:LEADS]-(v:Unit)
WITH collect(DISTINCT v.id) AS own
MATCH (u:Unit)
WHERE ($document IS NULL OR u.id IN own)
  AND NOT u.collective
  AND ($region IS NULL OR u.region = $region)
  AND EXISTS {
    MATCH (u)-[:LEADS]->(n) WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
  }
  AND NOT EXISTS {
    MATCH (u)-[:RESPONSIBLE_FOR]->(n) WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
  }
RETURN count(u) AS total;
