// Ids of before that lead to an item, a unit or an instrument which is not there: for a check of the whole store.
// params: limit (int)
// returns: id, target
MATCH (a:Alias)
WHERE NOT EXISTS { MATCH (:Item {id: a.target}) }
  AND NOT EXISTS { MATCH (:Unit {id: a.target}) }
  AND NOT EXISTS { MATCH (:Regulation {id: a.target}) }
RETURN a.id AS id, a.target AS target
ORDER BY id
LIMIT $limit;
