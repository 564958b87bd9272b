// The migrations that were applied to the store, in order.
// params: none
// returns: name, checksum, applied_at
MATCH (m:Migration)
RETURN m.name AS name, m.checksum AS checksum, m.applied_at AS applied_at
ORDER BY name;
