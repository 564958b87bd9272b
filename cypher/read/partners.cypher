// The units that bear items, or parts of items, together with a unit; most shared items first, without collectives.
// params: unit (string, unit id), limit (int)
// returns: id, name, items, partners
MATCH (u:Unit {id: $unit})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(i:Item)
WITH DISTINCT u, i
MATCH (i)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(o:Unit)
WHERE o <> u AND NOT coalesce(o.collective, false)
WITH o, count(DISTINCT i.id) AS items
ORDER BY items DESC, o.id
WITH collect({id: o.id, name: o.name, items: items}) AS found
UNWIND found[0..$limit] AS one
RETURN one.id AS id, one.name AS name, one.items AS items, size(found) AS partners
ORDER BY items DESC, id;
