// Sets the version that the writing transaction leaves behind.
// params: data_version (int)
// returns: none
MATCH (m:Meta {id: 'meta'})
SET m.data_version = $data_version;
