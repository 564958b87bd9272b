// Tells readers that a commit begins: the version becomes an odd one.
// params: turn (string, the mark of the load), data_version (int, odd)
// returns: none
MATCH (g:Meta {id: 'gate'})
SET g.data_version = $data_version, g.loading = $turn;
