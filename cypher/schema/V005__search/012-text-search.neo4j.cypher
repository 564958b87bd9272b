// Full text over 原文, by terms that are made before they are stored.
CREATE FULLTEXT INDEX text_search IF NOT EXISTS FOR (n:SourceText) ON EACH [n.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
