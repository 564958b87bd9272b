-- Full text over 原文, by terms that are made before they are stored; its name and query are those of Neo4j.
CREATE INDEX text_search IF NOT EXISTS ON SourceText (search_terms) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.core.WhitespaceAnalyzer"};
