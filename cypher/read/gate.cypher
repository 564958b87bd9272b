// The version that readers see; odd while a commit is under way. For stores that give no snapshot.
// params: none
// returns: data_version
MATCH (g:Meta {id: 'gate'})
RETURN g.data_version AS data_version;
