// The items of a document that have a number; parts of an item are not counted.
// params: document (string, document id), number (int)
// returns: id, name
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(i:Item)
WHERE i.number = $number
RETURN i.id AS id, i.heading AS name
ORDER BY id;
