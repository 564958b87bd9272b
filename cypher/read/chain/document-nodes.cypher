// Documents in a chain, with the text in which their places count.
// params: ids (list of string)
// returns: id, name, text_sha256
UNWIND $ids AS key
MATCH (n:Document {id: key})
RETURN n.id AS id, n.title AS name, n.text_sha256 AS text_sha256;
