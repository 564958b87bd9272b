"""Loading in steps: readings kept for inspection before they are stored, and loads of several files that go on by themselves."""
