// 文件 by 文号.
CREATE INDEX document_reference_number IF NOT EXISTS FOR (n:Document) ON (n.reference_number);
