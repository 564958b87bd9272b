// How many rows read/unit-items has in all, and how many more rows there would be without the date filter.
// params: unit (string, unit id), role (string or null, LEADS RESPONSIBLE_FOR COOPERATES_ON or SUPERVISES), document (string or
//   null, document id), section (string or null, section id), cites (string or null, regulation id), q (string or
//   null, folded words of heading or body), due_before (string or null, ISO date), due_after (string or null, ISO
//   date)
// returns: total, undated
MATCH (:Unit {id: $unit})-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]->(i:Item)
WHERE type(f) = $role OR ($role IS NULL AND type(f) <> 'SUPERVISES')
WITH DISTINCT i
MATCH (i)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
  AND ($section IS NULL OR s.id = $section OR EXISTS { MATCH (:Section {id: $section})-[:HAS_SECTION*1..12]->(s) })
  AND ($document IS NULL OR i.id STARTS WITH $document + ':')
  AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) })
  AND ($q IS NULL OR i.search_text CONTAINS $q)
WITH i.due_date AS due_date, (($due_before IS NULL OR i.due_date <= $due_before)
  AND ($due_after IS NULL OR i.due_date >= $due_after)) AS due
RETURN sum(CASE WHEN due THEN 1 ELSE 0 END) AS total,
       sum(CASE WHEN due_date IS NULL AND ($due_before IS NOT NULL OR $due_after IS NOT NULL) THEN 1 ELSE 0 END)
       AS undated;
