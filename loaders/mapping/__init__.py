"""Plans as records in files, for many machines: text to facts and rows, without a store; and from records to a Neo4j import."""
