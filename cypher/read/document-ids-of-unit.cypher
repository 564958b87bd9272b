// The ids of the documents that give a unit a duty or ask something of it, in order, from a given id on.
// params: unit (string, unit id), start (string or null, the first id that counts), limit (int)
// returns: id
MATCH (:Unit {id: $unit})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]->(n)
WITH DISTINCT CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS id
WHERE $start IS NULL OR id >= $start
RETURN id AS id
ORDER BY id
LIMIT $limit;
