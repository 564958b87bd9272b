// Full text over 法规与文件, in pairs of characters.
CREATE FULLTEXT INDEX regulation_text IF NOT EXISTS FOR (n:Regulation) ON EACH [n.search_text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
