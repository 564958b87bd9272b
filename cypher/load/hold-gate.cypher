// Keeps the gate as it is until this transaction ends; says whether a load's commit has arrived.
// params: turn (string, the mark of that load)
// returns: arrived
MATCH (g:Meta {id: 'gate'})
SET g.loading = $turn
WITH g
MATCH (m:Meta {id: 'meta'})
RETURN $turn IN coalesce(m.turns, []) AS arrived;
