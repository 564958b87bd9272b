// 一个单位落实的法规
// 图。单位、它牵头的事项、事项引用的法规与文件。
MATCH p = (:Unit {name: '市政府法制办'})-[:LEADS]->(:Item)-[:CITES]->(:Regulation)
RETURN p
LIMIT 50;
