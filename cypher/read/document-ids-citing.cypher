// The ids of the documents of which an item, or a part of one, cites an instrument, in order, from a given id on.
// params: cites (string, regulation id), start (string or null, the first id that counts), limit (int)
// returns: id
MATCH (:Regulation {id: $cites})<-[:CITES]-(i:Item)
WITH DISTINCT left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1) AS id
WHERE $start IS NULL OR id >= $start
RETURN id AS id
ORDER BY id
LIMIT $limit;
