// The documents that hold a text.
// params: text_sha256 (string)
// returns: id, title
MATCH (d:Document)-[:HAS_TEXT]->(t:SourceText {id: $text_sha256})
RETURN d.id AS id, d.title AS title
ORDER BY id;
