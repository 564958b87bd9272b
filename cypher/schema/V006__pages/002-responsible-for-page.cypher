// 责任 by 页序.
CREATE INDEX responsible_for_page IF NOT EXISTS FOR ()-[r:RESPONSIBLE_FOR]-() ON (r.page);
