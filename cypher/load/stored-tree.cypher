// The nodes that belong to one document, found by its tree.
// params: document (string, document id)
// returns: label, id
MATCH (d:Document {id: $document})-[:HAS_TEXT]->(n:SourceText)
RETURN 'SourceText' AS label, n.id AS id
UNION
MATCH (d:Document {id: $document})-[:HAS_DEADLINE]->(n:Deadline)
RETURN 'Deadline' AS label, n.id AS id
UNION
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(n:Section)
RETURN 'Section' AS label, n.id AS id
UNION
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(n:Item)
RETURN 'Item' AS label, n.id AS id
UNION
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item)-[:HAS_PART*1..6]->(n:Item)
RETURN 'Item' AS label, n.id AS id;
