// The version that readers see; it is odd while a commit is in progress. For stores that give no snapshot.
// params: none
// returns: data_version
MATCH (g:Meta {id: 'gate'})
RETURN g.data_version AS data_version;
