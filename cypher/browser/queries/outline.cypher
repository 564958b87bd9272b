// 文件的结构：文件和它的各个部分
// 图。双击一个部分，展开它的任务事项。
MATCH p = (d:Document {title: '娄底市法治政府建设(2016—2020年)实施方案'})-[:HAS_SECTION*1..3]->(:Section)
RETURN p
LIMIT 100;
