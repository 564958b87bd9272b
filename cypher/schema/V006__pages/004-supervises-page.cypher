// 督导 by 页序.
CREATE INDEX supervises_page IF NOT EXISTS FOR ()-[r:SUPERVISES]-() ON (r.page);
