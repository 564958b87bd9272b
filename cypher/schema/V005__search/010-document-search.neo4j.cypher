// Full text over 文件, by terms that are made before they are stored.
CREATE FULLTEXT INDEX document_search IF NOT EXISTS FOR (n:Document) ON EACH [n.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
