// Writes a load's mark and the version it leaves behind, in its own transaction; the last 32 marks are kept.
// params: turn (string, the mark of this load), data_version (int)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.loading = null, m.turns = [$turn] + coalesce(m.turns, [])[..31], m.data_version = $data_version;
