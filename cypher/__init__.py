"""Every statement that runs on a store, as a file: loading, reading, questions, schema, and queries for Neo4j Browser."""
