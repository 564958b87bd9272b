-- The property must be declared before its full-text index.
CREATE PROPERTY Unit.search_terms IF NOT EXISTS STRING;
