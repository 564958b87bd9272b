// When something was last loaded.
// params: none
// returns: loaded_at
MATCH (d:Document)
RETURN max(d.loaded_at) AS loaded_at;
