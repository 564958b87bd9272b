// 文件 by 标题.
CREATE INDEX document_title IF NOT EXISTS FOR (n:Document) ON (n.title);
