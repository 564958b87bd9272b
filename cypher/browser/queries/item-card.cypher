// 一项任务的全貌：谁来办、何时办完、依据什么
// 图。换一项任务：改序号。
MATCH p = (i:Item {number: 20})--(n)
WHERE n:Unit OR n:Official OR n:Regulation OR n:Deadline OR n:Task OR n:Section
RETURN p
LIMIT 100;
