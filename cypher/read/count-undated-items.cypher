// How many items have no date at all, neither of their own, of their document nor of a task in their body, how many of
// them say a time that was not read, how many tasks have no date of their own, and how many of these recur.
// params: documents (list of string, ids of the plans to look at)
// returns: undated, unread, tasks, recurring
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
WITH i, i.due_date IS NULL AND i.queryable
        AND NOT EXISTS { MATCH (i)-[:HAS_DEADLINE]->(x:Deadline) WHERE x.task IS NOT NULL AND x.date IS NOT NULL } AS bare,
     COUNT { MATCH (i)-[:HAS_TASK]->(t:Task)
             WHERE NOT EXISTS { MATCH (i)-[:HAS_DEADLINE]->(x:Deadline) WHERE x.task = t.id AND x.date IS NOT NULL } }
     AS tasks,
     COUNT { MATCH (i)-[:HAS_TASK]->(t:Task)
             WHERE NOT EXISTS { MATCH (i)-[:HAS_DEADLINE]->(x:Deadline) WHERE x.task = t.id AND x.date IS NOT NULL }
               AND EXISTS { MATCH (i)-[:HAS_DEADLINE]->(y:Deadline {kind: 'recurring'}) WHERE y.task = t.id } }
     AS recurring
RETURN sum(CASE WHEN bare THEN 1 ELSE 0 END) AS undated,
       sum(CASE WHEN bare AND i.timing = 'unread' THEN 1 ELSE 0 END) AS unread,
       sum(tasks) AS tasks, sum(recurring) AS recurring;
