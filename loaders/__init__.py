"""Text to facts to graph, from the bottom up: lexicon, times, text, phrases, tables, files, duties, facts, items, signs, plan, storing."""
