"""The items and sections of a plan, each with its facts, and what of the text was not taken."""
