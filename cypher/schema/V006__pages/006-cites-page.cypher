// 引用 by 页序.
CREATE INDEX cites_page IF NOT EXISTS FOR ()-[r:CITES]-() ON (r.page);
