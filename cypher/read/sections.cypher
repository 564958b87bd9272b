// The outline of a document, in document order.
// params: document (string, document id), after (map or null, keys of the last row), limit (int)
// returns: id, label, title, level, position, parent, document_id, start, end, text_sha256, count_items, item_start,
//   fact_start
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(s:Section)
// page:
WHERE $after IS NULL OR s.start > $after.item OR (s.start = $after.item AND s.id > $after.id)
WITH d, s ORDER BY s.start, s.id LIMIT $limit
OPTIONAL MATCH (p:Section)-[:HAS_SECTION]->(s)
RETURN s.id AS id, s.label AS label, s.title AS title, s.level AS level, s.position AS position, p.id AS parent,
       d.id AS document_id, s.start AS start, s.end AS end, d.text_sha256 AS text_sha256,
       COUNT { MATCH (s)-[:HAS_ITEM]->(:Item) } AS count_items, s.start AS item_start, -1 AS fact_start
ORDER BY item_start, id;
