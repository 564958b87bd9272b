// 每条职责的原话
// 表。起、止是在原文中的位置，按字数，从 0 起，止不含。
MATCH (u:Unit {name: '市政府法制办'})-[r:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]->(i:Item)
RETURN i.number AS 序号, i.heading AS 事项,
       CASE type(r) WHEN 'LEADS' THEN '牵头' WHEN 'RESPONSIBLE_FOR' THEN '责任'
                    WHEN 'SUPERVISES' THEN '督导' ELSE '配合' END AS 角色,
       r.quote AS 原文, r.start AS 起, r.end AS 止, r.inferred AS 推定
ORDER BY i.start, r.start, r.id
LIMIT 100;
