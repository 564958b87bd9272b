// Units as a search shows them, with the first plans that name each.
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (u:Unit {id: id})
RETURN u.id AS id, u.name AS name,
       CASE WHEN u.full_name IS NULL THEN u.aliases ELSE [u.full_name] + u.aliases END AS others,
       u.region AS region, null AS number, null AS label, null AS text_sha256, null AS start, null AS end,
       COLLECT { MATCH (u)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]->(n)
                 WITH CASE WHEN n:Document THEN n.id
                      ELSE left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) END AS plan
                 RETURN DISTINCT plan ORDER BY plan LIMIT 4 } AS plans;
