-- Full text over 法规与文件, in pairs of characters; its name and query are those of Neo4j.
CREATE INDEX regulation_text IF NOT EXISTS ON Regulation (search_text) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"};
