"""Times: the one place that reads when, until when, how often and how long, for labels, brackets, tables, sentences and
bodies.
"""
