"""Answers about how things hang together: chains of responsibility, and the matrix of items and units."""
