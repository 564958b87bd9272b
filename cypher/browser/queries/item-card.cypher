// 一项任务的全貌
// 图。谁来办、何时办完、依据什么，分项也在内。换一项任务：改序号；换一份文件：改标识。
MATCH p = (i:Item {number: 20})-[:HAS_PART*0..6]->(:Item)--(n)
WHERE i.id STARTS WITH '娄底市-娄发2017-4:'
  AND (n:Unit OR n:Official OR n:Regulation OR n:Deadline OR n:Task OR n:Section)
RETURN p
LIMIT 100;
