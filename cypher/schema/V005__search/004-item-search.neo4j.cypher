// Full text over 任务事项, by terms that are made before they are stored.
CREATE FULLTEXT INDEX item_search IF NOT EXISTS FOR (n:Item) ON EACH [n.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
