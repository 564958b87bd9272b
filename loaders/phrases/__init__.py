"""What several words make together: bearers, persons, times, sentences."""
