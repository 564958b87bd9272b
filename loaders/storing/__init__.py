"""Facts to rows to the store: only differences are written, and a check finds what differs."""
