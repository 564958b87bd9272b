// How many rows questions/tasks-due has in all.
// params: by (string, ISO date such as 2017-12-31), since (string or null, ISO date), documents (list of string, ids
//   of the plans to look at), region (string or null, region of the document)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(:Item)-[:HAS_DEADLINE]->(x:Deadline)
WHERE x.date <= $by AND ($since IS NULL OR x.date >= $since) AND x.task IS NOT NULL
  AND ($region IS NULL OR d.region = $region)
RETURN count(x) AS total;
