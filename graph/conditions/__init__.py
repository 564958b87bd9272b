"""Conditions: what can be said of an item, how conditions are joined to a query, and which items meet it."""
