"""Answers about how things hang together: chains, the graph around one thing, a unit's timeline, the matrix of items and units."""
