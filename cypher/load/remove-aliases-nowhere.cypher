// Removes ids of before that lead nowhere.
// params: ids (list of string)
// returns: none
UNWIND $ids AS id
MATCH (a:Alias {id: id})
DELETE a;
