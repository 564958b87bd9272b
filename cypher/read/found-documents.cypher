// Plans as a search shows them.
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN d.id AS id, d.title AS name,
       CASE WHEN d.reference_number IS NULL THEN [] ELSE [d.reference_number] END AS others,
       d.region AS region, null AS number, null AS label, d.text_sha256 AS text_sha256, null AS start, null AS end,
       [d.id] AS plans;
