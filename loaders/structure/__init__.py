"""Where things stand in a plan: its head and its outline."""
