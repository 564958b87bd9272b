// Full text over 法规与文件, by terms that are made before they are stored.
CREATE FULLTEXT INDEX regulation_search IF NOT EXISTS FOR (n:Regulation) ON EACH [n.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
