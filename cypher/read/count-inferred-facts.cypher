// How many rows questions/inferred-facts has in all.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})
WHERE $region IS NULL OR d.region = $region
MATCH (d)-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..14]->(n)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|HEADS|CITES|MENTIONED_IN|HAS_DEADLINE]-(x)
WHERE NOT n:Section AND coalesce(f.inferred, x.inferred)
RETURN count(*) AS total;
