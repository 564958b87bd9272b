// The documents that have one of the texts.
// The search goes from the text to its documents; the other direction would scan every document.
// params: texts (list of string, sha256 of each)
// returns: text_sha256, id
UNWIND $texts AS text
MATCH (t:SourceText {id: text})
MATCH (t)<-[:HAS_TEXT]-(d:Document)
RETURN text AS text_sha256, d.id AS id
ORDER BY id;
