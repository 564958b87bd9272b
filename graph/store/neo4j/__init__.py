"""The store of an office: a Neo4j server over Bolt."""
