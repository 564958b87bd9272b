// 一个单位经由牵头事项落实的法规与文件
// 图：单位、它牵头的事项、事项引用的法规与文件。
MATCH p = (:Unit {name: '市政府法制办'})-[:LEADS]->(:Item)-[:CITES]->(:Regulation)
RETURN p
LIMIT 50;
