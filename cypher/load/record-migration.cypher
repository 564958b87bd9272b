// Records an applied migration and the schema's number; the first migration creates the Meta node.
// params: name (string), checksum (string), applied_at (string, ISO time), schema_version (int)
// returns: none
MERGE (m:Migration {name: $name})
SET m.checksum = $checksum, m.applied_at = $applied_at
MERGE (meta:Meta {id: 'meta'})
ON CREATE SET meta.data_version = 0
SET meta.schema_version = $schema_version;
