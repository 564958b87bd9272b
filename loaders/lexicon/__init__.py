"""Words, each in one place: names of bodies, role words, places, numbers, and the scan that finds them in a text."""
