// Creates the commit gate if there is none: the node by which readers see that a commit is in progress.
// params: none
// returns: none
MERGE (g:Meta {id: 'gate'})
ON CREATE SET g.data_version = 0;
