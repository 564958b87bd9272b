"""The other facts of a plan, and how each fact keeps its words: deadlines, citations, tasks, mentions, units."""
