// 有几个牵头单位的事项：谁排第一
// 表。换成两个以上：改数字。
MATCH (u:Unit)-[r:LEADS]->(i:Item)
WITH i, r, u ORDER BY r.position, r.id
WITH i, collect(u.name) AS 牵头单位
WHERE size(牵头单位) > 1
RETURN i.number AS 序号, i.heading AS 事项, 牵头单位
ORDER BY i.id
LIMIT 100;
