// What has all the words in one plan, of the items or its source text: the same ranks as read/search-hits, without the index.
// params: kind (int, its place among equals), words (list of string, in the form that is searched), joined (string, the
//   words in one), borne (string or null, the one of the words that may be a unit bearing an item), units (list of string,
//   such units), document (string, plan id)
// returns: id, document_id, item_start, fact_start
MATCH (:Document {id: $document})-[:HAS_TEXT|HAS_SECTION|HAS_ITEM|HAS_PART*1..20]->(n)
WHERE (($kind = 3 AND n:Item) OR ($kind = 4 AND n:SourceText))
  AND all(word IN $words WHERE n.search_text CONTAINS word OR word = $borne)
  AND ($borne IS NULL OR n.search_text CONTAINS $borne
       OR EXISTS { MATCH (n)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit) WHERE u.id IN $units })
WITH DISTINCT n
WITH n, split(n.search_text, '\n')[0] AS name
WITH n, size(name) AS length,
     CASE WHEN $kind = 4 THEN CASE WHEN name CONTAINS $joined THEN 7 ELSE 8 END
          WHEN name = $joined THEN 0
          WHEN name STARTS WITH $joined THEN 2
          WHEN name ENDS WITH $joined THEN 3
          WHEN name CONTAINS $joined THEN 4
          WHEN all(word IN $words WHERE name CONTAINS word) THEN 6
          WHEN n.search_text CONTAINS $joined THEN 7
          ELSE 8 END AS tier
RETURN n.id AS id, null AS document_id, n.start AS item_start,
       (tier * 10 + $kind) * 1000 + CASE WHEN length > 999 OR tier > 6 THEN 999 ELSE length END AS fact_start
ORDER BY fact_start, id;
