// Locks the commit gate until this transaction ends, and says whether the commit of a load has arrived.
// params: mark (string, the mark of that load)
// returns: arrived
MATCH (g:Meta {id: 'gate'})
SET g.loading = $mark
WITH g
MATCH (m:Meta {id: 'meta'})
RETURN $mark IN coalesce(m.turns, []) AS arrived;
