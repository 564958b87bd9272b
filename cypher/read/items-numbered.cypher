// The items of some documents that have a number, with the titles of the documents; parts of an item are not counted.
// params: documents (list of string, ids of the documents to look at), number (int)
// returns: id, name, document_title
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(i:Item)
WHERE i.number = $number
RETURN i.id AS id, i.heading AS name, coalesce(d.title, d.id) AS document_title
ORDER BY id;
