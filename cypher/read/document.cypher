// One document with counts; corrections, coverage, repairs and warnings are JSON.
// params: document (string, document id)
// returns: id, title, reference_number, issuers, region, issued_on, kind, source, file_sha256, encoding, text_sha256,
//   parser_version, vocabulary_version, loaded_at, not_read, coverage, repairs, warnings, corrections, count_sections,
//   count_items, count_lead, count_responsible, count_cooperating, count_supervising, count_citations, count_document_duties
MATCH (d:Document {id: $document})
OPTIONAL MATCH (d)-[:HAS_TEXT]->(t:SourceText)
RETURN d.id AS id, d.title AS title, d.reference_number AS reference_number, d.issuers AS issuers,
       d.region AS region, d.issued_on AS issued_on, d.kind AS kind, d.source AS source,
       d.file_sha256 AS file_sha256, d.encoding AS encoding, d.text_sha256 AS text_sha256,
       d.parser_version AS parser_version, d.vocabulary_version AS vocabulary_version, d.loaded_at AS loaded_at,
       d.not_read AS not_read, t.coverage AS coverage, t.repairs AS repairs, t.warnings AS warnings,
       d.corrections AS corrections,
       d.count_sections AS count_sections, d.count_items AS count_items, d.count_lead AS count_lead,
       d.count_responsible AS count_responsible, d.count_cooperating AS count_cooperating,
       d.count_supervising AS count_supervising, d.count_citations AS count_citations,
       d.count_document_duties AS count_document_duties;
