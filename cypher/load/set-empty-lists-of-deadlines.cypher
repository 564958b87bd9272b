// Gives the deadlines of imported plans the empty lists that the files of an import cannot hold.
// params: documents (list of string, document ids)
// returns: none
UNWIND $documents AS document
MATCH (d:Document {id: document})-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..20]->(n)
WHERE NOT n:Section
WITH DISTINCT n
MATCH (n)-[:HAS_DEADLINE]->(t:Deadline)
WHERE t.because IS NULL
SET t.because = [];
