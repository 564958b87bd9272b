"""The items and sections of a plan with all their facts, and the text that no item took."""
