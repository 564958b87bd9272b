// Units that lead (牵头) and are never responsible (责任), each at its first lead, in document order; collectives are left
// out.
// params: document (string or null, document id), regions (list of string or null, regions of the unit), after (map or null, keys
//   of the last row), limit (int)
// returns: id, unit_id, unit_name, unit_kind, count, numbers, item_id, item_number, item_label, item_heading,
//   item_part, section_id, section_label, section_title, document_id, document_title, inferred, rule, because,
//   text_sha256, start, end, quote, clause_start, clause_end, item_start, fact_start
OPTIONAL MATCH (:Document {id: $document})-[:HAS_SECTION|HAS_ITEM|HAS_PART*0..20]->()<-[:LEADS]-(v:Unit)
WITH collect(DISTINCT v.id) AS own
MATCH (u:Unit)
WHERE ($document IS NULL OR u.id IN own)
  AND NOT u.collective
  AND ($regions IS NULL OR u.region IN $regions)
  AND EXISTS {
    MATCH (u)-[:LEADS]->(n) WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
  }
  AND NOT EXISTS {
    MATCH (u)-[:RESPONSIBLE_FOR]->(n) WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
  }
// page:
MATCH (u)-[f:LEADS]->(n)
WHERE $document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':'
WITH u, f, n, coalesce(f.start, -1) AS fact_start, CASE WHEN n:Item THEN n.start ELSE -1 END AS item_start,
     CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END AS document_id
ORDER BY document_id, item_start, fact_start, f.id
WITH u, count(DISTINCT n.id) AS count, collect(DISTINCT n.number) AS numbers, collect(f)[0] AS f, collect(n)[0] AS n,
     collect(document_id)[0] AS document_id, collect(item_start)[0] AS item_start, collect(fact_start)[0] AS fact_start
WHERE $after IS NULL
   OR document_id > $after.document
   OR (document_id = $after.document AND item_start > $after.item)
   OR (document_id = $after.document AND item_start = $after.item AND fact_start > $after.fact)
   OR (document_id = $after.document AND item_start = $after.item AND fact_start = $after.fact AND u.id > $after.id)
WITH u, count, numbers, f, n, document_id, item_start, fact_start
ORDER BY document_id, item_start, fact_start, u.id
LIMIT $limit
MATCH (d:Document {id: document_id})
OPTIONAL MATCH (n)<-[:HAS_PART*0..6]-(top:Item)<-[:HAS_ITEM]-(s:Section)
WHERE (top.id = n.id OR right(top.id, 2) <> '-h')
RETURN u.id AS id, u.id AS unit_id, u.name AS unit_name, u.kind AS unit_kind, count AS count, numbers AS numbers,
       CASE WHEN n:Item THEN n.id END AS item_id, n.number AS item_number, n.label AS item_label,
       n.heading AS item_heading, n.part AS item_part, s.id AS section_id, s.label AS section_label,
       s.title AS section_title, d.id AS document_id, d.title AS document_title, f.inferred AS inferred,
       f.rule AS rule, f.because AS because, d.text_sha256 AS text_sha256, f.start AS start, f.end AS end,
       f.quote AS quote, f.clause_start AS clause_start, f.clause_end AS clause_end, item_start AS item_start,
       fact_start AS fact_start
ORDER BY document_id, item_start, fact_start, id;
