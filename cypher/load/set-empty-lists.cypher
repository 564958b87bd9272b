// Gives the facts of imported plans the empty lists that the files of an import cannot hold.
// params: documents (list of string, document ids)
// returns: none
UNWIND $documents AS document
MATCH (d:Document {id: document})
SET d.issuers = coalesce(d.issuers, [])
WITH d
MATCH (d)-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..20]->(n)
WHERE NOT n:Section
WITH DISTINCT n
MATCH (n)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|HEADS|MENTIONED_IN|CITES]-()
WHERE f.because IS NULL
SET f.because = [];
