// Instruments as a search shows them. Their plans are read from an index (`graph.store.fact_places`).
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (g:Regulation {id: id})
RETURN g.id AS id, g.title AS name,
       CASE WHEN g.reference_number IS NULL THEN [] ELSE [g.reference_number] END AS others,
       null AS region, null AS number, null AS label, null AS text_sha256, null AS start, null AS end,
       [] AS plans;
