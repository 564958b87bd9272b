// How many rows questions/items-due has in all, how many items have no date, how many of them say a time that was not read,
// and how many tasks in the bodies are due by dates of their own.
// params: by (string, ISO date), documents (list of string, ids of the plans to look at)
// returns: total, undated, unread, tasks
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND i.queryable
WITH i, COUNT { MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
                WHERE x.date <= $by AND x.task IS NOT NULL } AS due
RETURN sum(CASE WHEN i.due_date <= $by THEN 1 ELSE 0 END) AS total,
       sum(CASE WHEN i.due_date IS NULL THEN 1 ELSE 0 END) AS undated,
       sum(CASE WHEN i.due_date IS NULL AND i.timing = 'unread' THEN 1 ELSE 0 END) AS unread, sum(due) AS tasks;
