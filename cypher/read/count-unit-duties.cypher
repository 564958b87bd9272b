// How many rows questions/unit-duties has in all.
// params: unit (string, unit id), role (string or null), document (string or null, document id)
// returns: total
MATCH (u:Unit {id: $unit})-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(n)
WITH n, CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' ELSE 'cooperating' END AS role
WHERE ($role IS NULL OR role = $role)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
RETURN count(*) AS total;
