// Source texts as a search shows them: each is called by its plan.
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (t:SourceText {id: id})
MATCH (t)<-[:HAS_TEXT]-(d:Document)
WITH t, d ORDER BY d.id
WITH t, collect(d.id) AS plans, collect(d.region) AS regions
RETURN t.id AS id, null AS name, [] AS others, regions[0] AS region, null AS number, null AS label,
       t.id AS text_sha256, null AS start, null AS end, plans AS plans;
