"""Marks: what stands around words and between lines, and belongs to none of them.

>>> trim(" 市财政局， ", 0, 7)
(1, 5)

Left to others: brackets and the ends of sentences (`loaders.phrases.sentences`).
"""

from collections.abc import Iterable, Iterator

from graph.model import Span


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with where it begins."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def lines_with(text: str, words: Iterable[str]) -> list[int]:
    """Where the lines begin that hold one of some words: an expression that begins with a line is tried there alone.

    >>> lines_with("一、目标\\n二、职责分工\\n三、其他", ("职责", "分工"))
    [5]
    """
    starts: set[int] = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            starts.add(text.rfind("\n", 0, at) + 1)
            line = text.find("\n", at)
            at = text.find(word, line) if line >= 0 else -1
    return sorted(starts)


def within_blanks(text: str, start: int, end: int) -> Span:
    """A stretch of ``text`` without the blanks around it; where it is nothing but blanks, an empty one at its end."""
    words = text[start:end]
    bare = words.lstrip()
    first = start + len(words) - len(bare)
    return first, first + len(bare.rstrip())


def trim(text: str, start: int, end: int) -> Span:
    """A stretch of ``text`` without the blanks around it and the marks at its end."""
    first, last = within_blanks(text, start, end)
    return first, first + len(text[first:last].rstrip("。；;，,|｜丨·•→ \t"))
