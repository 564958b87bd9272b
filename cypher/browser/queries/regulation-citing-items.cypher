// 哪些事项引用了某部法规，由谁牵头
// 图。换法规：改引号里的标题，不带书名号。
MATCH p = (:Regulation {title: '湖南省行政程序规定'})<-[:CITES]-(i:Item)
OPTIONAL MATCH q = (i)<-[:LEADS]-(:Unit)
RETURN p, q
LIMIT 50;
