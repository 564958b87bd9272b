"""Words, told once: names of bodies, words of role, places, numbers, and the scan that finds them in a text."""
