"""What a plan is, where it is stored, and what can be asked of it: the model, the stores, the question library."""
