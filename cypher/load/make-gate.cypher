// Makes the gate, the node by which readers see that a commit is under way, where there is none.
// params: none
// returns: none
MERGE (g:Meta {id: 'gate'})
ON CREATE SET g.data_version = 0;
