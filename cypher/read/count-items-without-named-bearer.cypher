// How many rows questions/items-without-named-bearer has in all.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)
WHERE EXISTS { MATCH (i)<-[:RESPONSIBLE_FOR]-(:Unit) }
  AND NOT EXISTS {
    MATCH (i)<-[:RESPONSIBLE_FOR]-(b:Unit) WHERE NOT b.collective AND coalesce(b.level, '') <> '开发区'
  }
  AND ($region IS NULL OR d.region = $region)
RETURN count(i) AS total;
