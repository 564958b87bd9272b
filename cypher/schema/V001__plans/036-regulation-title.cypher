// 法规与文件 by 标题.
CREATE INDEX regulation_title IF NOT EXISTS FOR (n:Regulation) ON (n.title);
