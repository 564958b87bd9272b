"""What people keep at the service beside the plans: notes on what was read, and baskets for a working paper."""
