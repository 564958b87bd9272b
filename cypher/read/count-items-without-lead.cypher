// How many rows questions/items-without-lead has in all.
// params: without (string or null, one of lead responsible anyone), documents (list of string, ids of the plans to look at)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(i:Item)
WHERE (coalesce($without, 'lead') = 'responsible'
       OR NOT EXISTS { MATCH (i)-[:HAS_PART*0..1]->(:Item)<-[:LEADS]-(:Unit) })
  AND (coalesce($without, 'lead') = 'lead'
       OR NOT EXISTS { MATCH (i)-[:HAS_PART*0..1]->(:Item)<-[:RESPONSIBLE_FOR]-(:Unit) })
RETURN count(i) AS total;
