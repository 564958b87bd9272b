// The places of the facts {type} ({chinese}) between two page keys, in the order of lists: those of one unit or instrument.
// The hint is for Neo4j, which goes through the whole index now and then, where it takes the facts for few.
// params: above (string, a page key or the beginning of one), below (string, likewise), limit (int)
// returns: page
MATCH ()-[f:{type}]->()
USING INDEX SEEK f:{type}(page)
WHERE f.page > $above AND f.page < $below
RETURN f.page AS page
ORDER BY page
LIMIT $limit;
// embedded sql:
SELECT page AS page FROM {type} WHERE page > :above AND page < :below ORDER BY page LIMIT :limit
