// Sets the vocabulary version of the plan that was loaded last.
// params: vocabulary_version (string)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.vocabulary_version = $vocabulary_version;
