// The stored relationships by which plans state facts about {label} nodes, in either direction.
// params: ids (list of string)
// returns: type, from_label, from_id, to_label, to_id, properties
UNWIND $ids AS id
MATCH (o:{label} {id: id})-[r:{types}]-()
RETURN type(r) AS type, labels(startNode(r))[0] AS from_label, startNode(r).id AS from_id,
       labels(endNode(r))[0] AS to_label, endNode(r).id AS to_id, properties(r) AS properties;
