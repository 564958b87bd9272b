// 按词查找事项
// 表。要查的词放在双引号里；多个词之间空一格。
CALL db.index.fulltext.queryNodes('item_text', '"行政决策"') YIELD node, score
RETURN node.number AS 序号, node.heading AS 事项, node.due_date AS 期限
ORDER BY score DESC, node.id
LIMIT 20;
