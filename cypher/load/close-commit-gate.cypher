// Closes the commit gate with an odd version, which tells readers that a commit is in progress.
// params: mark (string, the mark of the load), data_version (int, odd)
// returns: none
MATCH (g:Meta {id: 'gate'})
SET g.data_version = $data_version, g.loading = $mark;
