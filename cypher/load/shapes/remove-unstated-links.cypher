// Removes {type} ({chinese}) that no document states, whatever they join. What has no id that is a text counts as ''.
// params: links (list of string, each: from, id and to, joined by the sign), sign (string)
// returns: removed
MATCH (a)-[r:{type}]->(b)
WITH r, CASE WHEN a.id > '' THEN a.id ELSE '' END AS start, CASE WHEN r.id > '' THEN r.id ELSE '' END AS own,
     CASE WHEN b.id > '' THEN b.id ELSE '' END AS finish
WHERE start + $sign + own + $sign + finish IN $links
DELETE r
RETURN count(*) AS removed;
