// 按词查找事项
// 表。要查的词放在单引号里；标点不写，字母小写。
WITH '行政决策' AS word
WITH word, reduce(terms = '', at IN range(0, size(word) - 2) | terms + ' +"' + substring(word, at, 2) + '"') AS terms
CALL db.index.fulltext.queryNodes('item_search', terms) YIELD node, score
WITH word, node, score
WHERE node.search_text CONTAINS word
RETURN node.number AS 序号, node.heading AS 事项, node.due_date AS 期限
ORDER BY score DESC, node.id
LIMIT 20;
