-- Full text over 单位, in pairs of characters; its name and query are those of Neo4j.
CREATE INDEX unit_text IF NOT EXISTS ON Unit (search_text) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"};
