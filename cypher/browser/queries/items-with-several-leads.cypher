// 有几个牵头单位的事项
// 表。排在第一的是首位牵头单位。
MATCH (u:Unit)-[r:LEADS]->(i:Item)
WITH i, r, u ORDER BY r.position, r.id
WITH i, collect(u.name) AS 牵头单位
WHERE size(牵头单位) > 1
RETURN i.number AS 序号, i.heading AS 事项, 牵头单位
ORDER BY i.id
LIMIT 100;
