"""What people read in Chinese: the words of codes, and the sentences of what goes wrong."""
