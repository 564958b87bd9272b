// Gives the facts of plans of an earlier release, at units and instruments, their places in the order of lists.
// params: documents (list of string, document ids), sign (string, between the parts of a page key)
// returns: none
UNWIND $documents AS document
MATCH (d:Document {id: document})-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..20]->(n)
WHERE NOT n:Section
WITH DISTINCT document, n
MATCH (n)-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN|CITES]-(x)
WHERE f.page IS NULL AND f.id IS NOT NULL
SET f.page = x.id + $sign + document
    + $sign + right('00000000' + toString(CASE WHEN n:Item THEN n.start + 1 ELSE 0 END), 9)
    + $sign + right('00000000' + toString(coalesce(f.start, -1) + 1), 9)
    + $sign + substring(f.id, size(document));
