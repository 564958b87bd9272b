-- Full text over 任务事项, by terms that are made before they are stored; its name and query are those of Neo4j.
CREATE INDEX item_search IF NOT EXISTS ON Item (search_terms) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.core.WhitespaceAnalyzer"};
