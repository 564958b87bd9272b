// Give {label} nodes ({chinese}) the words by which they are searched.
// params: rows (list of maps, id search_text search_terms)
// returns: none
UNWIND $rows AS row
MATCH (n:{label} {id: row.id})
SET n.search_text = row.search_text, n.search_terms = row.search_terms;
