// How many rows questions/items-due has in all, how many items have no date, and how many tasks in the bodies are due by
// dates of their own.
// params: by (string, ISO date), document (string or null, document id)
// returns: total, undated, tasks
MATCH (:Section)-[:HAS_ITEM]->(i:Item)
WHERE $document IS NULL OR i.id STARTS WITH $document + ':'
WITH sum(CASE WHEN i.due_date <= $by THEN 1 ELSE 0 END) AS total,
     sum(CASE WHEN i.due_date IS NULL THEN 1 ELSE 0 END) AS undated
OPTIONAL MATCH (x:Deadline)
WHERE x.date <= $by AND x.task IS NOT NULL AND ($document IS NULL OR x.id STARTS WITH $document + ':')
RETURN total AS total, undated AS undated, count(x) AS tasks;
