// Units as a search shows them. Their plans are read from an index (`graph.store.fact_places`).
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (u:Unit {id: id})
RETURN u.id AS id, u.name AS name,
       CASE WHEN u.full_name IS NULL THEN u.aliases ELSE [u.full_name] + u.aliases END AS others,
       u.region AS region, null AS number, null AS label, null AS text_sha256, null AS start, null AS end,
       [] AS plans;
