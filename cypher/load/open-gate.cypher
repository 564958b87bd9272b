// Tells readers that a commit has ended, unless the gate was closed anew by a later load.
// params: closed (int, the odd version it was closed with), data_version (int, even)
// returns: none
MATCH (g:Meta {id: 'gate'})
WHERE g.data_version = $closed
SET g.data_version = $data_version, g.loading = null;
