"""One form of a text, with the way back to the source: repairs, spellings, lost line breaks, traditional characters."""
