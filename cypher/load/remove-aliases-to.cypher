// Removes the ids of earlier readings that lead to units or instruments that are gone.
// params: targets (list of string)
// returns: none
UNWIND $targets AS target
MATCH (a:Alias {target: target})
DELETE a;
