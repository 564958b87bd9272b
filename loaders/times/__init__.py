"""Times: the one place that knows when, until when, how often and how long, for labels, brackets, tables, sentences, bodies."""
