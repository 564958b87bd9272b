// 时限 by 日期.
CREATE INDEX deadline_date IF NOT EXISTS FOR (n:Deadline) ON (n.date);
