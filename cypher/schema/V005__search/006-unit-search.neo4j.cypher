// Full text over 单位, by terms that are made before they are stored.
CREATE FULLTEXT INDEX unit_search IF NOT EXISTS FOR (n:Unit) ON EACH [n.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
