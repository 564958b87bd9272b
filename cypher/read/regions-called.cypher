// The regions of loaded plans that a text names, with their kind or without: 衡阳市, 衡阳.
// params: text (string)
// returns: name
MATCH (d:Document)
WHERE size(d.region) > 2 AND $text CONTAINS left(d.region, size(d.region) - 1)
RETURN DISTINCT d.region AS name
ORDER BY name;
