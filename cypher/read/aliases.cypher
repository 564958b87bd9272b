// Where ids of earlier readings lead; shared: to a unit or an instrument that is there; several: it has several such.
// params: ids (list of string)
// returns: id, target, several, shared
UNWIND $ids AS id
MATCH (a:Alias {id: id})
OPTIONAL MATCH (u:Unit {id: a.target})
OPTIONAL MATCH (g:Regulation {id: a.target})
RETURN a.id AS id, a.target AS target, coalesce(a.several, false) AS several, u IS NOT NULL OR g IS NOT NULL AS shared
ORDER BY id;
