// The documents whose items have one of the digests, with what tells them apart.
// params: bodies (list of string, sha256 of the items of each)
// returns: body_sha256, id, title, reference_number, region, source, loaded_at
UNWIND $bodies AS body
MATCH (d:Document {body_sha256: body})
RETURN body AS body_sha256, d.id AS id, d.title AS title, d.reference_number AS reference_number, d.region AS region,
       d.source AS source, d.loaded_at AS loaded_at
ORDER BY id;
