// All that a plan states about Item nodes as relationships, as it is stored, whichever way they point.
// params: ids (list of string)
// returns: type, from_label, from_id, to_label, to_id, properties
UNWIND $ids AS id
MATCH (o:Item {id: id})-[r:HAS_ITEM|HAS_PART|HAS_TASK|HAS_DEADLINE|LEADS|RESPONSIBLE_FOR|COOPERATES_ON|HEADS|MENTIONED_IN|CITES]-()
RETURN type(r) AS type, labels(startNode(r))[0] AS from_label, startNode(r).id AS from_id,
       labels(endNode(r))[0] AS to_label, endNode(r).id AS to_id, properties(r) AS properties;
