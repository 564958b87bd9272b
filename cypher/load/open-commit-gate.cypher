// Opens the commit gate with an even version, which tells readers that the commit has ended. Does nothing if a later load
// has closed the gate again.
// params: closed (int, the odd version it was closed with), data_version (int, even)
// returns: none
MATCH (g:Meta {id: 'gate'})
WHERE g.data_version = $closed
SET g.data_version = $data_version, g.loading = null;
