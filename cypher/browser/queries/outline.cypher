// 文件的结构
// 图。双击一个部分，展开它的任务事项。换一份文件：改标题的开头。
MATCH p = (d:Document)-[:HAS_SECTION*1..3]->(:Section)
WHERE d.title STARTS WITH '娄底市法治政府建设'
RETURN p
LIMIT 100;
