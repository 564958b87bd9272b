// How many rows questions/items-without-lead has in all.
// params: documents (list of string, ids of the plans to look at)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(i:Item)
WHERE NOT EXISTS { MATCH (i)-[:HAS_PART*0..1]->(:Item)<-[:LEADS]-(:Unit) }
RETURN count(i) AS total;
