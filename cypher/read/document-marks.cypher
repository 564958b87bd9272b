// The places in the text of a document that state something, for showing the text with marks.
// params: document (string, document id)
// returns: id, kind, word, owner, target, name, start, end
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(s:Section)
RETURN s.id AS id, 'section' AS kind, '' AS word, d.id AS owner, s.id AS target, s.title AS name, s.start AS start,
       s.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
RETURN i.id AS id, 'item' AS kind, '' AS word, d.id AS owner, i.id AS target, i.heading AS name, i.start AS start,
       i.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
WHERE f.start IS NOT NULL
RETURN f.id AS id, 'duty' AS kind,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' ELSE 'supervising' END AS word,
       i.id AS owner, u.id AS target, u.name AS name, f.start AS start, f.end AS end
UNION ALL
MATCH (d:Document {id: $document})<-[f:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(u:Unit)
WHERE f.start IS NOT NULL
RETURN f.id AS id, 'duty' AS kind,
       CASE type(f) WHEN 'LEADS' THEN 'lead' WHEN 'RESPONSIBLE_FOR' THEN 'responsible' WHEN 'COOPERATES_ON' THEN 'cooperating' ELSE 'supervising' END AS word,
       d.id AS owner, u.id AS target, u.name AS name, f.start AS start, f.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)<-[f:MENTIONED_IN]-(u:Unit)
RETURN f.id AS id, 'mention' AS kind, '' AS word, i.id AS owner, u.id AS target, u.name AS name, f.start AS start,
       f.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)-[f:CITES]->(g:Regulation)
RETURN f.id AS id, 'citation' AS kind, f.relation AS word, i.id AS owner, g.id AS target, g.title AS name,
       f.start AS start, f.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[f:CITES]->(g:Regulation)
RETURN f.id AS id, 'citation' AS kind, f.relation AS word, d.id AS owner, g.id AS target, g.title AS name,
       f.start AS start, f.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)-[:HAS_DEADLINE]->(x:Deadline)
WHERE x.start IS NOT NULL
RETURN x.id AS id, 'deadline' AS kind, x.kind AS word, i.id AS owner, x.id AS target, x.date AS name,
       x.start AS start, x.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_DEADLINE]->(x:Deadline)
WHERE x.start IS NOT NULL
RETURN x.id AS id, 'deadline' AS kind, x.kind AS word, d.id AS owner, x.id AS target, x.date AS name,
       x.start AS start, x.end AS end
UNION ALL
MATCH (d:Document {id: $document})-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
MATCH (i)-[:HAS_TASK]->(x:Task)
RETURN x.id AS id, 'task' AS kind, '' AS word, i.id AS owner, x.id AS target, '' AS name, x.start AS start,
       x.end AS end;
