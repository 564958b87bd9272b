// Takes the write lock of the graph: other loads wait until this transaction ends. For stores that several programs write.
// params: mark (string, the mark of this load)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.loading = $mark;
