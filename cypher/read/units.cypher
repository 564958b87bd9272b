// Units in the order of their ids, with how many duties they have.
// params: q (string or null, searched form of a part of a name), regions (list of string or null), kind (string or null), collective (bool
//   or null), document (string or null, document id), behind (string, the last id of the page before), limit (int)
// returns: id, name, full_name, region, level, kind, aliases, collective, unresolved, candidates, source, count_lead,
//   count_responsible, count_cooperating, count_supervising, count_mentioned, document_id, item_start, fact_start
MATCH (u:Unit)
WHERE ($regions IS NULL OR u.region IN $regions)
  AND ($kind IS NULL OR u.kind = $kind)
  AND ($collective IS NULL OR u.collective = $collective)
  AND ($q IS NULL OR u.search_text CONTAINS $q)
  AND ($document IS NULL
       OR EXISTS { MATCH (u)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]-(n)
       WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
// page:
  AND u.id > $behind
WITH u ORDER BY u.id LIMIT $limit
RETURN u.id AS id, u.name AS name, u.full_name AS full_name, u.region AS region, u.level AS level, u.kind AS kind,
       u.aliases AS aliases, u.collective AS collective, u.unresolved AS unresolved, u.candidates AS candidates,
       u.source AS source,
       COUNT { MATCH (u)-[:LEADS]->() } AS count_lead,
       COUNT { MATCH (u)-[:RESPONSIBLE_FOR]->() } AS count_responsible,
       COUNT { MATCH (u)-[:COOPERATES_ON]->() } AS count_cooperating,
       COUNT { MATCH (u)-[:SUPERVISES]->() } AS count_supervising,
       COUNT { MATCH (u)-[:MENTIONED_IN]->() } AS count_mentioned,
       '' AS document_id, -1 AS item_start, -1 AS fact_start
ORDER BY id;
