// 牵头 by 页序.
CREATE INDEX leads_page IF NOT EXISTS FOR ()-[r:LEADS]-() ON (r.page);
