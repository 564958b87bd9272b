// Ids of before that lead to an item, a unit or an instrument which is not there: for a check of the whole store.
// One of a unit that people judged counts: the judgement is led on by it, though the unit has become part of another.
// params: limit (int)
// returns: id, target
MATCH (a:Alias)
WHERE NOT EXISTS { MATCH (:Item {id: a.target}) }
  AND NOT EXISTS { MATCH (:Unit {id: a.target}) }
  AND NOT EXISTS { MATCH (:Regulation {id: a.target}) }
  AND NOT EXISTS { MATCH (:Unit {id: a.id})-[:SAME_AS]-() }
RETURN a.id AS id, a.target AS target
ORDER BY id
LIMIT $limit;
