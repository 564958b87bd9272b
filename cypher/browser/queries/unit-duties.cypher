// 一个单位的职责
// 图。换一个单位：改引号里的名称。红色粗线是牵头，蓝色中线是责任，浅蓝细线是配合，土黄线是督导（督促别人做，不承担）。
MATCH p = (:Unit {name: '市政府法制办'})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]->(:Item)
RETURN p
LIMIT 100;
