"""The structure of a plan: its head and its outline."""
