// 可查 of the items of release 0.1.0, whose parents have no assignment of their own.
MATCH (i:Item)
WHERE i.queryable IS NULL
SET i.queryable = NOT EXISTS { MATCH (i)-[:HAS_PART]->(:Item) };
