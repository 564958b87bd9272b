// What the index of one kind finds for some words, at most so many: what has all pairs of the words' characters. A row has a rank if
// it also has all the words and stands where they are looked for.
// params: index (string, of one kind), kind (int, its place among equals), terms (string, all terms of the words), words
//   (list of string, in the form that is searched), joined (string, the words in one), borne (string or null, the one of
//   the words that may be a unit bearing an item), units (list of string, such units), document (string or null, plan
//   id), regions (list of string or null, of the unit or the plan, for an instrument of a plan that cites it), most (int)
// returns: id, document_id, item_start, fact_start
CALL db.index.fulltext.queryNodes($index, $terms, {limit: $most}) YIELD node AS n
WITH n, split(n.search_text, '\n')[0] AS name, CASE WHEN $kind = 4 THEN '' ELSE '\n' + n.search_text + '\n' END AS lines, (
  all(word IN $words WHERE n.search_text CONTAINS word OR word = $borne)
  AND ($borne IS NULL OR n.search_text CONTAINS $borne
       OR EXISTS { MATCH (n)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit) WHERE u.id IN $units })
  AND ($document IS NULL OR n.id = $document OR ($kind = 3 AND n.id STARTS WITH $document + ':')
       OR ($kind = 4 AND EXISTS { MATCH (n)<-[:HAS_TEXT]-(d:Document) WHERE d.id = $document })
       OR ($kind IN [0, 2]
           AND EXISTS { MATCH (n)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN|CITES]-(m)
                        WHERE m.id = $document OR m.id STARTS WITH $document + ':' }))
  AND ($regions IS NULL OR ($kind < 2 AND n.region IN $regions)
       OR ($kind = 2
           AND (EXISTS { MATCH (n)<-[:CITES]-(:Item)<-[:HAS_PART*0..6]-(:Item)<-[:HAS_ITEM]-(:Section)<-[:HAS_SECTION*1..12]-(d:Document)
                         WHERE d.region IN $regions }
                OR EXISTS { MATCH (n)<-[:CITES]-(d:Document) WHERE d.region IN $regions }))
       OR ($kind = 3 AND EXISTS { MATCH (d:Document {id: left(n.id, size(n.id) - size(last(split(n.id, ':'))) - CASE WHEN n.id CONTAINS ':' THEN 1 ELSE 0 END)})
                                  WHERE d.region IN $regions })
       OR ($kind = 4 AND EXISTS { MATCH (n)<-[:HAS_TEXT]-(d:Document) WHERE d.region IN $regions }))
) AS fits
WITH n, fits, size(name) AS length,
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
RETURN n.id AS id, null AS document_id, n.start AS item_start,
       CASE WHEN fits THEN (tier * 10 + $kind) * 1000 + CASE WHEN length > 999 OR tier > 6 THEN 999 ELSE length END END AS fact_start
ORDER BY fact_start, id;
