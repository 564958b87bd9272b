"""From facts to rows to the store: only differences are written, and a check compares store and text."""
