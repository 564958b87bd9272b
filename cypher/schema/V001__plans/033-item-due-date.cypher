// 任务事项 by 完成日期.
CREATE INDEX item_due_date IF NOT EXISTS FOR (n:Item) ON (n.due_date);
