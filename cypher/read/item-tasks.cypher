// The tasks (子任务) of an item.
// params: item (string, item id)
// returns: id, kinds, target_name, target_value, target_unit, target_comparison, start, end, quote
MATCH (:Item {id: $item})-[:HAS_TASK]->(x:Task)
RETURN x.id AS id, x.kinds AS kinds, x.target_name AS target_name, x.target_value AS target_value,
       x.target_unit AS target_unit, x.target_comparison AS target_comparison, x.start AS start, x.end AS end,
       x.quote AS quote
ORDER BY start, id;
