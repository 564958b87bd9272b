// What has all the words, of one kind: the closest first. The index finds what has all pairs of the words' characters.
// params: index (string, of one kind), kind (int, its place among equals), terms (string, all terms of the words), words
//   (list of string, in the form that is searched), joined (string, the words in one), borne (string or null, the one of
//   the words that may be a unit bearing an item), units (list of string, such units), document (string or null, plan
//   id), regions (list of string or null, of the unit or the plan, for an instrument of a plan that cites it), after (map or null, fact holds the rank), limit (int)
// returns: id, document_id, item_start, fact_start
CALL db.index.fulltext.queryNodes($index, $terms) YIELD node AS n
WITH n
WHERE all(word IN $words WHERE n.search_text CONTAINS word OR word = $borne)
  AND ($borne IS NULL OR n.search_text CONTAINS $borne
       OR EXISTS { MATCH (n)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit) WHERE u.id IN $units })
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
       OR EXISTS { MATCH (n)<-[:HAS_TEXT]-(d:Document) WHERE d.id = $document }
       OR EXISTS { MATCH (n)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN|CITES]-(m)
                   WHERE m.id = $document OR m.id STARTS WITH $document + ':' })
  AND ($regions IS NULL OR n.region IN $regions
       OR EXISTS { MATCH (n)<-[:HAS_TEXT]-(d:Document) WHERE d.region IN $regions }
       OR EXISTS { MATCH (n)<-[:HAS_PART*0..6]-(:Item)<-[:HAS_ITEM]-(:Section)<-[:HAS_SECTION*1..12]-(d:Document)
                   WHERE d.region IN $regions }
       OR EXISTS { MATCH (n)<-[:CITES]-(:Item)<-[:HAS_PART*0..6]-(:Item)<-[:HAS_ITEM]-(:Section)<-[:HAS_SECTION*1..12]-(d:Document)
                   WHERE d.region IN $regions }
       OR EXISTS { MATCH (n)<-[:CITES]-(d:Document) WHERE d.region IN $regions })
// page:
WITH n, split(n.search_text, '\n')[0] AS name, '\n' + n.search_text + '\n' AS lines
WITH n, size(name) AS length,
     CASE WHEN $kind = 4 THEN CASE WHEN name CONTAINS $joined THEN 7 ELSE 8 END
          WHEN name = $joined THEN 0
          WHEN $kind < 3 AND lines CONTAINS '\n' + $joined + '\n' THEN 1
          WHEN name STARTS WITH $joined THEN 2
          WHEN name ENDS WITH $joined THEN 3
          WHEN name CONTAINS $joined THEN 4
          WHEN $kind < 3 AND lines CONTAINS $joined THEN 5
          WHEN all(word IN $words WHERE name CONTAINS word) THEN 6
          WHEN lines CONTAINS $joined THEN 7
          ELSE 8 END AS tier
WITH n.id AS id, n.start AS item_start,
     (tier * 10 + $kind) * 1000 + CASE WHEN length > 999 OR tier > 6 THEN 999 ELSE length END AS rank
WHERE $after IS NULL OR rank > $after.fact OR (rank = $after.fact AND id > $after.id)
RETURN id AS id, null AS document_id, item_start AS item_start, rank AS fact_start
ORDER BY fact_start, id
LIMIT $limit;
