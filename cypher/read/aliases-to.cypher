// The ids of earlier readings that lead to the given ones, and to no others.
// params: targets (list of string)
// returns: id, target
UNWIND $targets AS target
MATCH (a:Alias {target: target})
WHERE NOT coalesce(a.several, false)
RETURN a.id AS id, a.target AS target
ORDER BY id;
