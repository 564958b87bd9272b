"""What else a plan states, and how each fact keeps its words: deadlines, citations, tasks, mentions, units."""
