// Records which item, unit or instrument an id of an earlier reading means now; an id that led to one that changes leads on.
// params: rows (list of maps, each: id, target, several and at)
// returns: none
UNWIND $rows AS row
MERGE (a:Alias {id: row.id})
SET a.target = row.target, a.several = row.several, a.at = row.at
WITH row
MATCH (b:Alias {target: row.id})
SET b.target = row.target;
