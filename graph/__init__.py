"""What a plan is, where it is kept, and what can be asked of it: the model, the stores, the question library."""
