"""Signs: what in a text looks like an assignment, found by code that sees no fact, and the account of each of them."""
