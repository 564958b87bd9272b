"""What several words make together: bearers, persons, sentences."""
