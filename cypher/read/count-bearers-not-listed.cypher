// How many rows questions/bearers-not-listed has in all.
// params: document (string or null, document id)
// returns: total
MATCH (i:Item)<-[:MENTIONED_IN]-(:Unit)
WHERE $document IS NULL OR i.id STARTS WITH $document + ':'
RETURN count(*) AS total;
