// Full text over 任务事项, in pairs of characters.
CREATE FULLTEXT INDEX item_text IF NOT EXISTS FOR (n:Item) ON EACH [n.search_text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
