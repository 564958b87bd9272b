// The documents with a fact at a unit (单位) whose id another reading has changed since.
// params: none
// returns: id
MATCH (a:Alias)
MATCH (:Unit {id: a.id})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]->(n)
RETURN DISTINCT CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS id
ORDER BY id;
