"""Word: the body of a document, the words of its paragraphs, the numbers that Word counts."""
