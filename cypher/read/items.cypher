// The items of sections, in document order. What stands below an item is on its card; ``answered_by`` are those of it that pass
// the filters. A mere parent, which has no assignment of its own, has the leads and dates of what stands below it.
// lead_marks: 1 inferred, 2 of a list that is not closed, 4 a collective, added up.
// params: documents (list of string, ids of the plans to look at), section (string or null, section id), cites (string
//   or null, regulation id), q (string or null, searched form of words of heading or body), due_before (string or null, ISO
//   date), due_after (string or null, ISO date), after (map or null, keys of the last row), limit (int)
// returns: id, number, label, part, heading, document_id, section_id, section_label, section_title, due_date,
//   due_precision, due_basis, ongoing, timing_kind, timing_reason, timing_start,
//   timing_end, timing_quote, kind, queryable, answered_by,
//   dates_below, lead_ids, lead_names, lead_marks, text_sha256,
//   start, end, item_start, fact_start
UNWIND $documents AS document_id
MATCH (d:Document {id: document_id})-[:HAS_SECTION*1..12]->(s:Section)-[:HAS_ITEM]->(i:Item)
WHERE ($section IS NULL OR s.id = $section OR EXISTS { MATCH (:Section {id: $section})-[:HAS_SECTION*1..12]->(s) })
  AND EXISTS {
    MATCH (i)-[:HAS_PART*0..6]->(n:Item)
    WHERE (n.id = i.id OR right(i.id, 2) <> '-h') AND n.queryable
      AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) }
           OR EXISTS { MATCH (n)-[:CITES]->(:Regulation {id: $cites}) })
      AND ($q IS NULL OR i.search_text CONTAINS $q OR n.search_text CONTAINS $q)
      AND ($due_before IS NULL OR n.due_date <= $due_before) AND ($due_after IS NULL OR n.due_date >= $due_after)
  }
WITH d, s, i, document_id
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND i.start > $after.item)
   OR (document_id = $after.document AND i.start = $after.item AND i.id > $after.id)
WITH d, s, i, document_id ORDER BY document_id, i.start, i.id LIMIT $limit
RETURN i.id AS id, i.number AS number, i.label AS label, i.part AS part, i.heading AS heading, d.id AS document_id,
       s.id AS section_id, s.label AS section_label, s.title AS section_title, i.due_date AS due_date,
       i.due_precision AS due_precision, i.due_basis AS due_basis, i.ongoing AS ongoing,
       i.timing AS timing_kind, i.timing_reason AS timing_reason, i.timing_start AS timing_start, i.timing_end AS timing_end, i.timing_quote AS timing_quote,
       i.kind AS kind, i.queryable AS queryable,
       COLLECT {
         MATCH (i)-[:HAS_PART*1..6]->(n:Item)
         WHERE right(i.id, 2) <> '-h' AND n.queryable
           AND ($cites IS NULL OR EXISTS { MATCH (i)-[:CITES]->(:Regulation {id: $cites}) }
                OR EXISTS { MATCH (n)-[:CITES]->(:Regulation {id: $cites}) })
           AND ($q IS NULL OR i.search_text CONTAINS $q OR n.search_text CONTAINS $q)
           AND ($due_before IS NULL OR n.due_date <= $due_before) AND ($due_after IS NULL OR n.due_date >= $due_after)
         RETURN n.id ORDER BY n.start, n.id
       } AS answered_by,
       COLLECT { MATCH (i)-[:HAS_PART*1..6]->(n:Item) WHERE n.queryable AND NOT i.queryable
                 RETURN coalesce(n.due_date, '') } AS dates_below,
       COLLECT { MATCH (i)-[:HAS_PART*0..6]->(n:Item)<-[l:LEADS]-(u:Unit) WHERE n.id = i.id OR NOT i.queryable
                 RETURN u.id ORDER BY n.start, l.position, l.id } AS lead_ids,
       COLLECT { MATCH (i)-[:HAS_PART*0..6]->(n:Item)<-[l:LEADS]-(u:Unit) WHERE n.id = i.id OR NOT i.queryable
                 RETURN u.name ORDER BY n.start, l.position, l.id } AS lead_names,
       COLLECT { MATCH (i)-[:HAS_PART*0..6]->(n:Item)<-[l:LEADS]-(u:Unit) WHERE n.id = i.id OR NOT i.queryable
                 RETURN CASE WHEN l.inferred THEN 1 ELSE 0 END + CASE WHEN l.open_list THEN 2 ELSE 0 END
                        + CASE WHEN u.collective THEN 4 ELSE 0 END
                 ORDER BY n.start, l.position, l.id } AS lead_marks,
       d.text_sha256 AS text_sha256, i.start AS start, i.end AS end, i.start AS item_start, -1 AS fact_start
ORDER BY document_id, item_start, fact_start, id;
