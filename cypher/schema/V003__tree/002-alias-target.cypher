// 旧标识 by 现标识.
CREATE INDEX alias_target IF NOT EXISTS FOR (n:Alias) ON (n.target);
