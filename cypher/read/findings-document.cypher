// A document as the rules of findings (疑点) and dossiers (审计底稿) read it; corrections, repairs and warnings are JSON.
// params: document (string, document id)
// returns: id, title, reference_number, issuers, region, issued_on, source, file_sha256, text_sha256, parser_version,
//   loaded_at, corrections, repairs, warnings
MATCH (d:Document {id: $document})
OPTIONAL MATCH (d)-[:HAS_TEXT]->(t:SourceText)
RETURN d.id AS id, d.title AS title, d.reference_number AS reference_number, d.issuers AS issuers, d.region AS region,
       d.issued_on AS issued_on, d.source AS source, d.file_sha256 AS file_sha256, d.text_sha256 AS text_sha256,
       d.parser_version AS parser_version, d.loaded_at AS loaded_at,
       d.corrections AS corrections, t.repairs AS repairs, t.warnings AS warnings;
