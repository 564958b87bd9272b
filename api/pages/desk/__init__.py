"""The pages of what people keep beside the plans: notes, and the basket with its working paper."""
