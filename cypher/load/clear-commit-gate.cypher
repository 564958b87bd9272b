// Opens a commit gate that a killed load left closed, and gives it the stored version. Run under the write lock, so that
// no load is in progress.
// params: none
// returns: none
MATCH (m:Meta {id: 'meta'})
MATCH (g:Meta {id: 'gate'})
WHERE g.data_version <> m.data_version
SET g.data_version = m.data_version, g.loading = null;
