// 配合 by 页序.
CREATE INDEX cooperates_on_page IF NOT EXISTS FOR ()-[r:COOPERATES_ON]-() ON (r.page);
