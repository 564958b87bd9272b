// The version that is stored, and whether a load's commit has arrived, however the connection ended.
// params: turn (string, the mark of that load)
// returns: data_version, arrived
MATCH (m:Meta {id: 'meta'})
RETURN m.data_version AS data_version, $turn IN coalesce(m.turns, []) AS arrived;
