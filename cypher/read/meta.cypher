// The state of the whole graph; there is no row before the first migration.
// params: none
// returns: data_version, schema_version, vocabulary_version
MATCH (m:Meta {id: 'meta'})
RETURN m.data_version AS data_version, m.schema_version AS schema_version, m.vocabulary_version AS vocabulary_version;
