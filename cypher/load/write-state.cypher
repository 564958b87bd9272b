// The stored version, and whether the commit of a load has arrived, however the connection ended.
// params: mark (string, the mark of that load)
// returns: data_version, arrived
MATCH (m:Meta {id: 'meta'})
RETURN m.data_version AS data_version, $mark IN coalesce(m.turns, []) AS arrived;
