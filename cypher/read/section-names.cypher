// Titles and labels of a document's sections.
// params: document (string, document id)
// returns: id, name, label
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(s:Section)
RETURN s.id AS id, s.title AS name, s.label AS label
ORDER BY id;
