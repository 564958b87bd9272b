// Instruments as a search shows them, with the first plans that cite each.
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (g:Regulation {id: id})
RETURN g.id AS id, g.title AS name,
       CASE WHEN g.reference_number IS NULL THEN [] ELSE [g.reference_number] END AS others,
       null AS region, null AS number, null AS label, null AS text_sha256, null AS start, null AS end,
       COLLECT { MATCH (g)<-[:CITES]-(n)
                 WITH CASE WHEN n:Document THEN n.id
                      ELSE left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) END AS plan
                 RETURN DISTINCT plan ORDER BY plan LIMIT 4 } AS plans;
