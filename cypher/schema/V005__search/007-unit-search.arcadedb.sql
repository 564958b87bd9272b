-- Full text over 单位, by terms that are made before they are stored; its name and query are those of Neo4j.
CREATE INDEX unit_search IF NOT EXISTS ON Unit (search_terms) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.core.WhitespaceAnalyzer"};
