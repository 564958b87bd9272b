// 单位 by 简称.
CREATE INDEX unit_name IF NOT EXISTS FOR (n:Unit) ON (n.name);
