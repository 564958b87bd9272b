// How many sections a document has.
// params: document (string, document id)
// returns: total
MATCH (:Document {id: $document})-[:HAS_SECTION*1..12]->(s:Section)
RETURN count(s) AS total;
