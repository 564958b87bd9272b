// 推定的期限
// 表。不是照抄，是由规则得出的：缺字的日期补全，或者借用总体时限。
MATCH (i:Item)-[:HAS_DEADLINE]->(t:Deadline)
WHERE t.inferred
RETURN i.number AS 序号, i.heading AS 事项, t.date AS 日期, t.quote AS 依据子句, t.rule AS 规则
ORDER BY i.id, t.id
LIMIT 100;
