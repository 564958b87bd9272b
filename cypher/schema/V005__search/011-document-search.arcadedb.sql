-- Full text over 文件, by terms that are made before they are stored; its name and query are those of Neo4j.
CREATE INDEX document_search IF NOT EXISTS ON Document (search_terms) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.core.WhitespaceAnalyzer"};
