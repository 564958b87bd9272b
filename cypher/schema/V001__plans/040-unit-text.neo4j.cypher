// Full text over 单位, in pairs of characters.
CREATE FULLTEXT INDEX unit_text IF NOT EXISTS FOR (n:Unit) ON EACH [n.search_text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
