// Items as a search shows them, with the place of each in the text of its plan.
// params: ids (list of string)
// returns: id, name, others, region, number, label, text_sha256, start, end, plans
UNWIND $ids AS id
MATCH (i:Item {id: id})
MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)})
RETURN i.id AS id, i.heading AS name, [i.body] AS others, d.region AS region, i.number AS number, i.label AS label,
       d.text_sha256 AS text_sha256, i.start AS start, i.end AS end, [d.id] AS plans;
