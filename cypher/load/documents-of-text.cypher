// The documents that hold one of the texts.
// From the text to its documents: the other way about, every document would be looked at.
// params: texts (list of string, sha256 of each)
// returns: text_sha256, id
UNWIND $texts AS text
MATCH (t:SourceText {id: text})
MATCH (t)<-[:HAS_TEXT]-(d:Document)
RETURN text AS text_sha256, d.id AS id
ORDER BY id;
