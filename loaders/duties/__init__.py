"""The rules that find who has to do what: labels, brackets, sentences, lists, tables."""
