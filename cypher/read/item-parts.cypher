// The parts of an item that have an assignment of their own.
// params: item (string, item id)
// returns: id
MATCH (:Item {id: $item})-[:HAS_PART]->(x:Item)
RETURN x.id AS id
ORDER BY x.part, id;
