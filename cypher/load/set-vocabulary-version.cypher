// The vocabulary version of the plan loaded last.
// params: vocabulary_version (string)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.vocabulary_version = $vocabulary_version;
