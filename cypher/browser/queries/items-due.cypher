// 某日前应完成的事项
// 表。换日期：改引号里的日期。没有日期的事项不在内；分项各占一行。
MATCH (i:Item)
WHERE i.queryable AND i.due_date <= '2018-12-31'
RETURN i.due_date AS 期限, i.number AS 序号, i.heading AS 事项,
       COLLECT { MATCH (u:Unit)-[r:LEADS]->(i) RETURN u.name ORDER BY r.position } AS 牵头单位
ORDER BY i.due_date, i.id
LIMIT 100;
