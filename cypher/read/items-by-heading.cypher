// The items with some words in their heading, with the titles of their plans.
// params: terms (string, all terms of the words), words (string, in the form that is searched), regions (list of string or
//   null, regions of the plans), limit (int)
// returns: id, name, document_title
CALL db.index.fulltext.queryNodes('item_search', $terms) YIELD node AS i
WITH i
WHERE split(i.search_text, '\n')[0] CONTAINS $words
MATCH (d:Document {id: left(i.id, size(i.id) - size(last(split(i.id, ':'))) - 1)})
WHERE $regions IS NULL OR d.region IN $regions
RETURN i.id AS id, i.heading AS name, coalesce(d.title, d.id) AS document_title
ORDER BY id
LIMIT $limit;
