// 文件 by 地区.
CREATE INDEX document_region IF NOT EXISTS FOR (n:Document) ON (n.region);
