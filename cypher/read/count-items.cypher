// How many rows read/items has in all, how many more rows there would be without the date filter, and how many of these
// say a time that was not read.
// params: documents (list of string, ids of the plans to look at), section (string or null, section id), cites (string
//   or null, regulation id), q (string or null, searched form of words of heading or body), due_before (string or null, ISO
//   date), due_after (string or null, ISO date)
// returns: total, undated, unread
UNWIND $documents AS document_id
MATCH (:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(i:Item)
WHERE ($section IS NULL OR s.id = $section OR EXISTS { MATCH (:Section {id: $section})-[:HAS_SECTION*1..12]->(s) })
WITH i, COUNT {
    MATCH (i)-[:HAS_PART*0..6]->(n:Item)
    WHERE (n.id = i.id OR right(i.id, 2) <> '-h') AND n.queryable
      AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) }
           OR EXISTS { MATCH (n)-[:CITES]->(:Regulation {id: $cites}) })
      AND ($q IS NULL OR i.search_text CONTAINS $q OR n.search_text CONTAINS $q)
  } AS answering, COUNT {
    MATCH (i)-[:HAS_PART*0..6]->(n:Item)
    WHERE (n.id = i.id OR right(i.id, 2) <> '-h') AND n.queryable
      AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) }
           OR EXISTS { MATCH (n)-[:CITES]->(:Regulation {id: $cites}) })
      AND ($q IS NULL OR i.search_text CONTAINS $q OR n.search_text CONTAINS $q)
      AND ($due_before IS NULL OR n.due_date <= $due_before) AND ($due_after IS NULL OR n.due_date >= $due_after)
  } AS due, COUNT {
    MATCH (i)-[:HAS_PART*0..6]->(n:Item)
    WHERE (n.id = i.id OR right(i.id, 2) <> '-h') AND n.queryable
      AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) }
           OR EXISTS { MATCH (n)-[:CITES]->(:Regulation {id: $cites}) })
      AND ($q IS NULL OR i.search_text CONTAINS $q OR n.search_text CONTAINS $q)
      AND coalesce(n.due_date, '') <> ''
  } AS dated, EXISTS {
    MATCH (i)-[:HAS_PART*0..6]->(n:Item)
    WHERE (n.id = i.id OR right(i.id, 2) <> '-h') AND n.queryable AND n.timing = 'unread'
      AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) }
           OR EXISTS { MATCH (n)-[:CITES]->(:Regulation {id: $cites}) })
      AND ($q IS NULL OR i.search_text CONTAINS $q OR n.search_text CONTAINS $q)
  } AS unread, ($due_before IS NOT NULL OR $due_after IS NOT NULL) AS by_date
RETURN sum(CASE WHEN due > 0 THEN 1 ELSE 0 END) AS total,
       sum(CASE WHEN by_date AND answering > 0 AND dated = 0 THEN 1 ELSE 0 END) AS undated,
       sum(CASE WHEN by_date AND answering > 0 AND dated = 0 AND unread THEN 1 ELSE 0 END) AS unread;
