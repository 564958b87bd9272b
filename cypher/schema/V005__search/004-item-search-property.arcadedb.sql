-- The property must be declared before its full-text index.
CREATE PROPERTY Item.search_terms IF NOT EXISTS STRING;
