"""What is answered, whoever asks: REST, pages and the command line share these functions."""
