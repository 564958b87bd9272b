// The loaded documents in the order of their ids, with counts; corrections, coverage, repairs and warnings are JSON.
// params: q (string or null, searched form of a part of title or reference number), regions (list of string or null), behind (string, the last id of the
//   page before), limit (int)
// returns: id, title, reference_number, issuers, region, issued_on, kind, source, file_sha256, encoding, text_sha256,
//   parser_version, vocabulary_version, loaded_at, not_read, coverage, repairs, warnings, corrections, count_sections,
//   count_items, count_lead, count_responsible, count_cooperating, count_supervising, count_citations, count_document_duties, document_id,
//   item_start, fact_start
MATCH (d:Document)
WHERE ($regions IS NULL OR d.region IN $regions)
  AND ($q IS NULL OR d.search_text CONTAINS $q)
// page:
  AND d.id > $behind
WITH d ORDER BY d.id LIMIT $limit
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
       d.count_document_duties AS count_document_duties,
       d.id AS document_id, -1 AS item_start, -1 AS fact_start
ORDER BY id;
