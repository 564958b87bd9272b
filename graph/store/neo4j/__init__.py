"""The store an office runs: a Neo4j server over Bolt."""
