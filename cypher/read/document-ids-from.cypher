// The ids of documents in order, from one on; with a unit only those that give it a duty or ask something of it.
// params: unit (string or null, unit id), start (string or null, the first id that counts), limit (int)
// returns: id
MATCH (d:Document)
WHERE ($start IS NULL OR d.id >= $start)
  AND ($unit IS NULL
       OR EXISTS { MATCH (:Unit {id: $unit})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(d) }
       OR EXISTS { MATCH (:Unit {id: $unit})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|MENTIONED_IN]->(i:Item)
                   WHERE left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) = d.id })
RETURN d.id AS id
ORDER BY id
LIMIT $limit;
