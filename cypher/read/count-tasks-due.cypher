// How many rows questions/tasks-due has in all.
// params: by (string, ISO date such as 2017-12-31), since (string or null, ISO date), document (string or null,
//   document id), region (string or null, region of the document)
// returns: total
MATCH (x:Deadline)
WHERE x.date <= $by AND ($since IS NULL OR x.date >= $since) AND x.task IS NOT NULL
  AND ($document IS NULL OR x.id STARTS WITH $document + ':')
MATCH (i:Item)-[:HAS_DEADLINE]->(x)
WITH i, x
WHERE $region IS NULL
   OR EXISTS { MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)}) WHERE d.region = $region }
RETURN count(x) AS total;
