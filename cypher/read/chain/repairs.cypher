// The repairs of a source text.
// params: text_sha256 (string)
// returns: repairs
MATCH (t:SourceText {id: $text_sha256})
RETURN t.repairs AS repairs;
