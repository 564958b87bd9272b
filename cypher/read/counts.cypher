// How many nodes of each label and relationships of each type there are; each line is answered from the engine's counters.
// params: none
// returns: name, count
MATCH (n:Document) RETURN 'Document' AS name, count(n) AS count
UNION ALL
MATCH (n:SourceText) RETURN 'SourceText' AS name, count(n) AS count
UNION ALL
MATCH (n:Section) RETURN 'Section' AS name, count(n) AS count
UNION ALL
MATCH (n:Item) RETURN 'Item' AS name, count(n) AS count
UNION ALL
MATCH (n:Task) RETURN 'Task' AS name, count(n) AS count
UNION ALL
MATCH (n:Deadline) RETURN 'Deadline' AS name, count(n) AS count
UNION ALL
MATCH (n:Unit) RETURN 'Unit' AS name, count(n) AS count
UNION ALL
MATCH (n:Official) RETURN 'Official' AS name, count(n) AS count
UNION ALL
MATCH (n:Regulation) RETURN 'Regulation' AS name, count(n) AS count
UNION ALL
MATCH (n:Meta) RETURN 'Meta' AS name, count(n) AS count
UNION ALL
MATCH (n:Migration) RETURN 'Migration' AS name, count(n) AS count
UNION ALL
MATCH ()-[r:HAS_TEXT]->() RETURN 'HAS_TEXT' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:HAS_SECTION]->() RETURN 'HAS_SECTION' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:HAS_ITEM]->() RETURN 'HAS_ITEM' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:HAS_PART]->() RETURN 'HAS_PART' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:HAS_TASK]->() RETURN 'HAS_TASK' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:HAS_DEADLINE]->() RETURN 'HAS_DEADLINE' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:LEADS]->() RETURN 'LEADS' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:RESPONSIBLE_FOR]->() RETURN 'RESPONSIBLE_FOR' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:COOPERATES_ON]->() RETURN 'COOPERATES_ON' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:HEADS]->() RETURN 'HEADS' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:MENTIONED_IN]->() RETURN 'MENTIONED_IN' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:CITES]->() RETURN 'CITES' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:TEXT_OF]->() RETURN 'TEXT_OF' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:PART_OF]->() RETURN 'PART_OF' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:MEMBER_OF]->() RETURN 'MEMBER_OF' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:SUCCEEDED_BY]->() RETURN 'SUCCEEDED_BY' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:SAME_AS]->() RETURN 'SAME_AS' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:REVISES]->() RETURN 'REVISES' AS name, count(r) AS count
UNION ALL
MATCH ()-[r:IMPLEMENTS]->() RETURN 'IMPLEMENTS' AS name, count(r) AS count;
