// How many rows questions/items-with-open-list has in all.
// params: documents (list of string, ids of the plans to look at), region (string or null, region of the document),
//   wide (bool or null, true or false)
// returns: total
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)
WHERE EXISTS {
    MATCH (i)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(u:Unit)
    WHERE (f.open_list OR ($wide AND u.collective AND (u.name CONTAINS '有关' OR u.name CONTAINS '相关')))
  }
  AND ($region IS NULL OR d.region = $region)
RETURN count(i) AS total;
