// Numbers and headings of a document's items; parts of an item are not counted.
// params: document (string, document id), limit (int)
// returns: id, number, name, section_id
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(i:Item)
RETURN i.id AS id, i.number AS number, i.heading AS name, s.id AS section_id
ORDER BY id
LIMIT $limit;
