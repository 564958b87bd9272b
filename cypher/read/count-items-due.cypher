// How many rows questions/items-due has in all, and how many items have no date.
// params: by (string, ISO date), document (string or null, document id)
// returns: total, undated
MATCH (:Section)-[:HAS_ITEM]->(i:Item)
WHERE $document IS NULL OR i.id STARTS WITH $document + ':'
RETURN sum(CASE WHEN i.due_date <= $by THEN 1 ELSE 0 END) AS total,
       sum(CASE WHEN i.due_date IS NULL THEN 1 ELSE 0 END) AS undated;
