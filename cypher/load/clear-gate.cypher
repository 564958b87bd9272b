// Opens a gate that a killed load left closed, with the version that is stored; inside a turn, so no load is under way.
// params: none
// returns: none
MATCH (m:Meta {id: 'meta'})
MATCH (g:Meta {id: 'gate'})
WHERE g.data_version <> m.data_version
SET g.data_version = m.data_version, g.loading = null;
