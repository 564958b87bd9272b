// The instruments that each of some items cites.
// params: ids (list of string, item ids)
// returns: item, id, name
UNWIND $ids AS item
MATCH (:Item {id: item})-[:CITES]->(g:Regulation)
RETURN DISTINCT item AS item, g.id AS id, g.title AS name
ORDER BY item, id;
