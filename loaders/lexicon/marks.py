"""Marks: what stands around words and between lines, and belongs to none of them.

>>> trim(" 市财政局， ", 0, 7)
(1, 5)

Left to others: brackets and the ends of sentences (`loaders.phrases.sentences`).
"""

from collections.abc import Iterable, Iterator

from graph.model import Span

DASHES = "——"
FRAME = "─━┄┅┼├┤┌┐└┘┬┴╋┠┨┏┓┗┛┳┻╂═╬╠╣╔╗╚╝╦╩│┃"
"""The signs of which a drawn table has its frame."""

ROW_MARKS = (DASHES, "→", "⇒")  # what parts what is done from who does it: 学校、幼儿园——县教育局


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


def end_of_line(text: str, at: int, stop: int) -> int:
    """Where the line around ``at`` ends: at the next line end, or at ``stop``."""
    end = text.find("\n", at, stop)
    return stop if end < 0 else end


def line_around(text: str, span: Span, most: int) -> Span:
    """The line in which a stretch begins, of a longer one no more than ``most`` signs on either side of the stretch."""
    low, high = max(0, span[0] - most), min(len(text), span[1] + most)
    return max(low, text.rfind("\n", low, span[0]) + 1), end_of_line(text, span[0], high)


def behind_last(text: str, marks: Iterable[str], start: int, end: int) -> int:
    """Where the words behind the last of some marks in a stretch begin: ``start`` if none stands there.

    >>> behind_last("清理。公开，报市", "。，", 0, 8)
    6
    """
    for mark in marks:  # each is looked for behind the one before it
        start = text.rfind(mark, start, end) + 1 or start
    return start


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
