// 各单位的任务多少
// 表。集合名称（各有关部门等）不在内。
MATCH (u:Unit)-[r:LEADS|RESPONSIBLE_FOR]->(i:Item)
WHERE NOT u.collective
RETURN u.name AS 单位, count(DISTINCT CASE WHEN type(r) = 'LEADS' THEN i END) AS 牵头,
       count(DISTINCT CASE WHEN type(r) = 'RESPONSIBLE_FOR' THEN i END) AS 责任
ORDER BY 牵头 DESC, 责任 DESC, 单位
LIMIT 50;
