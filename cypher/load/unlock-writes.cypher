// Ends a load inside its own transaction: records its mark and the new version. The last 32 marks are kept.
// params: mark (string, the mark of this load), data_version (int)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.loading = null, m.turns = [$mark] + coalesce(m.turns, [])[..31], m.data_version = $data_version;
