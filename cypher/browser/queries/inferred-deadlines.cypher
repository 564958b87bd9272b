// 推定的期限：不是本事项写明的，是从总体时限推出来的
// 表。依据子句给出推定所据的原话。
MATCH (i:Item)-[:HAS_DEADLINE]->(t:Deadline)
WHERE t.inferred
RETURN i.number AS 序号, i.heading AS 事项, t.date AS 日期, t.quote AS 依据子句, t.rule AS 规则
ORDER BY i.id, t.id
LIMIT 100;
