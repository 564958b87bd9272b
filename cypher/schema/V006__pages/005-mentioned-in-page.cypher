// 正文提及 by 页序.
CREATE INDEX mentioned_in_page IF NOT EXISTS FOR ()-[r:MENTIONED_IN]-() ON (r.page);
