"""Answers to a search: what has the words, and what is called nearly so."""
