// 文件 by 条文摘要.
CREATE INDEX document_body_sha256 IF NOT EXISTS FOR (n:Document) ON (n.body_sha256);
