// Makes other loads wait until this transaction ends; for stores where loads of several programs may meet.
// params: turn (string, the mark of this load)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.loading = $turn;
