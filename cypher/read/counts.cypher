// How many nodes of each label and relationships of each type there are, by the counters of either engine; ids of before,
// Alias, are left out.
// params: none
// returns: name, count
MATCH (n:Document) WITH count(n) AS count RETURN 'Document' AS name, count AS count
UNION ALL
MATCH (n:SourceText) WITH count(n) AS count RETURN 'SourceText' AS name, count AS count
UNION ALL
MATCH (n:Section) WITH count(n) AS count RETURN 'Section' AS name, count AS count
UNION ALL
MATCH (n:Item) WITH count(n) AS count RETURN 'Item' AS name, count AS count
UNION ALL
MATCH (n:Task) WITH count(n) AS count RETURN 'Task' AS name, count AS count
UNION ALL
MATCH (n:Deadline) WITH count(n) AS count RETURN 'Deadline' AS name, count AS count
UNION ALL
MATCH (n:Unit) WITH count(n) AS count RETURN 'Unit' AS name, count AS count
UNION ALL
MATCH (n:Official) WITH count(n) AS count RETURN 'Official' AS name, count AS count
UNION ALL
MATCH (n:Regulation) WITH count(n) AS count RETURN 'Regulation' AS name, count AS count
UNION ALL
MATCH (n:Meta) WITH count(n) AS count RETURN 'Meta' AS name, count AS count
UNION ALL
MATCH (n:Migration) WITH count(n) AS count RETURN 'Migration' AS name, count AS count
UNION ALL
MATCH ()-[r:HAS_TEXT]->() WITH count(r) AS count RETURN 'HAS_TEXT' AS name, count AS count
UNION ALL
MATCH ()-[r:HAS_SECTION]->() WITH count(r) AS count RETURN 'HAS_SECTION' AS name, count AS count
UNION ALL
MATCH ()-[r:HAS_ITEM]->() WITH count(r) AS count RETURN 'HAS_ITEM' AS name, count AS count
UNION ALL
MATCH ()-[r:HAS_PART]->() WITH count(r) AS count RETURN 'HAS_PART' AS name, count AS count
UNION ALL
MATCH ()-[r:HAS_TASK]->() WITH count(r) AS count RETURN 'HAS_TASK' AS name, count AS count
UNION ALL
MATCH ()-[r:HAS_DEADLINE]->() WITH count(r) AS count RETURN 'HAS_DEADLINE' AS name, count AS count
UNION ALL
MATCH ()-[r:LEADS]->() WITH count(r) AS count RETURN 'LEADS' AS name, count AS count
UNION ALL
MATCH ()-[r:RESPONSIBLE_FOR]->() WITH count(r) AS count RETURN 'RESPONSIBLE_FOR' AS name, count AS count
UNION ALL
MATCH ()-[r:COOPERATES_ON]->() WITH count(r) AS count RETURN 'COOPERATES_ON' AS name, count AS count
UNION ALL
MATCH ()-[r:SUPERVISES]->() WITH count(r) AS count RETURN 'SUPERVISES' AS name, count AS count
UNION ALL
MATCH ()-[r:HEADS]->() WITH count(r) AS count RETURN 'HEADS' AS name, count AS count
UNION ALL
MATCH ()-[r:MENTIONED_IN]->() WITH count(r) AS count RETURN 'MENTIONED_IN' AS name, count AS count
UNION ALL
MATCH ()-[r:CITES]->() WITH count(r) AS count RETURN 'CITES' AS name, count AS count
UNION ALL
MATCH ()-[r:TEXT_OF]->() WITH count(r) AS count RETURN 'TEXT_OF' AS name, count AS count
UNION ALL
MATCH ()-[r:PART_OF]->() WITH count(r) AS count RETURN 'PART_OF' AS name, count AS count
UNION ALL
MATCH ()-[r:MEMBER_OF]->() WITH count(r) AS count RETURN 'MEMBER_OF' AS name, count AS count
UNION ALL
MATCH ()-[r:SUCCEEDED_BY]->() WITH count(r) AS count RETURN 'SUCCEEDED_BY' AS name, count AS count
UNION ALL
MATCH ()-[r:SAME_AS]->() WITH count(r) AS count RETURN 'SAME_AS' AS name, count AS count
UNION ALL
MATCH ()-[r:REVISES]->() WITH count(r) AS count RETURN 'REVISES' AS name, count AS count
UNION ALL
MATCH ()-[r:IMPLEMENTS]->() WITH count(r) AS count RETURN 'IMPLEMENTS' AS name, count AS count;
// embedded sql:
SELECT name AS name, records AS count FROM schema:types WHERE name <> 'Alias'
