-- The property must be declared before its full-text index.
CREATE PROPERTY SourceText.search_terms IF NOT EXISTS STRING;
