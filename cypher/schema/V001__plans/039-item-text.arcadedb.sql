-- Full text over 任务事项, in pairs of characters; its name and query are those of Neo4j.
CREATE INDEX item_text IF NOT EXISTS ON Item (search_text) FULL_TEXT
METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"};
