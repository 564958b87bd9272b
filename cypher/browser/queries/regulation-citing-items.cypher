// 引用某部法规的事项
// 图。还有它们的牵头单位。换法规：改引号里的标题，不带书名号。
MATCH p = (:Regulation {title: '湖南省行政程序规定'})<-[:CITES]-(i:Item)
OPTIONAL MATCH q = (i)<-[:LEADS]-(:Unit)
RETURN p, q
LIMIT 50;
