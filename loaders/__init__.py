"""Text to facts to graph, read from the bottom up: lexicon, phrases, text, structure, tables, files, duties, facts, items, plan, storing."""
