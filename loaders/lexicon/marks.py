"""Marks: what stands around words and between lines, and belongs to none of them.

>>> trim(" 市财政局， ", 0, 7)
(1, 5)

Left to others: brackets and the ends of sentences (`loaders.phrases.sentences`).
"""

from collections.abc import Iterator

from graph.model import Span


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with where it begins."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def trim(text: str, start: int, end: int) -> Span:
    """A stretch of ``text`` without the blanks around it and the marks at its end."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip().rstrip("。；;，,|｜丨 \t"))
