// How many rows questions/items-with-open-list has in all.
// params: document (string or null, document id), region (string or null, region of the document), wide (bool or null,
//   true or false)
// returns: total
MATCH (s:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*0..1]->(i:Item)
WHERE ($document IS NULL OR i.id STARTS WITH $document + ':')
  AND EXISTS {
    MATCH (i)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(u:Unit)
    WHERE (f.open_list OR ($wide AND u.collective AND (u.name CONTAINS '有关' OR u.name CONTAINS '相关')))
  }
  AND ($region IS NULL
       OR EXISTS { MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)}) WHERE d.region = $region })
RETURN count(i) AS total;
