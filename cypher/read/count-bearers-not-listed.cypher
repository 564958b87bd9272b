// How many rows questions/bearers-not-listed has in all.
// params: documents (list of string, ids of the plans to look at)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)<-[:MENTIONED_IN]-(:Unit)
RETURN count(*) AS total;
