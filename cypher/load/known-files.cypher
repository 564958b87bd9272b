// The files that a parser and a vocabulary version have read; a load skips them if they come again.
// params: parser_version (string), vocabulary_version (string)
// returns: id, file_sha256, options, encoding, loaded_at
MATCH (d:Document)
WHERE d.parser_version = $parser_version AND d.vocabulary_version = $vocabulary_version AND d.file_sha256 IS NOT NULL
RETURN d.id AS id, d.file_sha256 AS file_sha256, d.options AS options, d.encoding AS encoding,
       d.loaded_at AS loaded_at
ORDER BY id;
