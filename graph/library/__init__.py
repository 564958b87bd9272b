"""The question library: the card of each question, and the steps in Python that some questions need."""
