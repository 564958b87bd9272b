// What the rules of findings (疑点) need to know of a document; repairs and warnings are JSON.
// params: document (string, document id)
// returns: id, title, issued_on, text_sha256, repairs, warnings
MATCH (d:Document {id: $document})
OPTIONAL MATCH (d)-[:HAS_TEXT]->(t:SourceText)
RETURN d.id AS id, d.title AS title, d.issued_on AS issued_on, d.text_sha256 AS text_sha256, t.repairs AS repairs,
       t.warnings AS warnings;
