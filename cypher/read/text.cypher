// A source text by its sha256.
// params: text_sha256 (string)
// returns: text
MATCH (t:SourceText {id: $text_sha256})
RETURN t.text AS text;
