"""Wrapped: line breaks that the width of a page put inside paragraphs (a copy out of a printed page or a mail).

1. A text is wrapped when half of its characters stand in lines of one width, give or take two, hardly any line is longer, and
   most of these lines end inside a sentence.  The width counts characters, or columns of which one of ASCII takes half.
2. Such a line goes on in the next one, unless that one is set in, begins with a label, or begins with a number behind a full
   stop or a body.

They are no damage to the words, so they are no repairs: an `Edit` each, as in `loaders.text.spellings`.

>>> text = "一、任务\\n" + "（一）清理文件并公开目录，要\\n求各部门在年底前完成清理工\\n作，报市司法局备案。\\n" * 3
>>> [text[end:end + 3] for _, end, _ in unwrapped(text)][:2]
['求各部', '作，报']

Left to others: lists that go on behind their line (`loaders.duties.labels`), the pages of a file (`loaders.files`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.model import Span
from loaders.lexicon.bodies import BODY
from loaders.lexicon.numbers import MARKER
from loaders.lexicon.vocabulary import role_labels
from loaders.text.spellings import Edit

_LABEL = re.compile(
    rf"[(（〔［【]?(?:{'|'.join(sorted(map(re.escape, role_labels()), key=len, reverse=True))})\s*[:：]"
)
_LEAST, _NARROWEST, _WIDEST, _SLACK = 6, 12, 60, 2
_OF_WORDS, _INSIDE, _WIDER = 0.5, 0.6, 0.03
_CLOSED = tuple("。；;：:！？）)”】〕")
# a number of these families opens a paragraph wherever a line begins with it
_HIGH = ("part", "chapter", "comma", "bracket")
_LONGEST_NAME = 16


def unwrapped(text: str) -> Iterator[Edit]:
    """An edit for each line break that only the width of a page put there, in text order."""
    breaks = text.count("\n")
    if breaks < _LEAST or len(text) > _WIDEST * (breaks + 1):
        return
    lines = list(_lines(text))
    for width_of in (len, _columns):
        widths = [width_of(text[slice(*line)]) for line in lines]
        full = _full_width(text, lines, widths)
        if full:
            break
    else:
        return
    set_in = _set_in(text, lines)
    for (line, following), width in zip(pairwise(lines), widths, strict=False):
        cut = width >= full and text.count("\n", line[1], following[0]) == 1
        if cut and following not in set_in and not _opens(text, line, following[0]):
            yield line[1], following[0], _gap(text, line[1], following[0])


def _lines(text: str) -> Iterator[Span]:
    """The lines that say something, without the blanks around their words."""
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + len(line) - len(line.lstrip())
            yield start, start + len(words)
        at += len(line) + 1


def _columns(words: str) -> int:
    """The width of words in columns of a wide character; one of ASCII takes half of one."""
    return (len(words.encode("utf-8", "surrogatepass")) + len(words)) // 4


def _full_width(text: str, lines: Sequence[Span], widths: Sequence[int]) -> int:
    """The least width of a full line; 0 where lines are not cut at one width."""
    counts = Counter(widths)
    at = max((n for n in counts if _NARROWEST <= n <= _WIDEST), key=lambda n: _near(counts, n), default=0)
    full = [line for line, width in zip(lines, widths, strict=True) if at - _SLACK <= width <= at]
    inside = sum(1 for line in full if not text.endswith(_CLOSED, *line))
    wider = sum(n for width, n in counts.items() if width > at)
    if _near(counts, at) < _OF_WORDS * sum(widths) or wider > _WIDER * len(lines):
        return 0
    return at - _SLACK if len(full) >= _LEAST and inside >= _INSIDE * len(full) else 0


def _near(counts: Counter[int], width: int) -> int:
    """How many characters stand in lines that are as wide, or a little less."""
    return sum(counts[n] * n for n in range(width - _SLACK, width + 1))


def _set_in(text: str, lines: Sequence[Span]) -> set[Span]:
    """The lines that are set in, where only some are: they begin paragraphs."""
    found = {line for line in lines if text[line[0] - 1 : line[0]] in (" ", "\t")}
    return found if 2 * len(found) < len(lines) else set()


def _opens(text: str, line: Span, at: int) -> bool:
    """Whether the line at ``at`` opens a paragraph behind a full ``line``."""
    if _LABEL.match(text, at):
        return True
    marker = MARKER.match(text, at)
    if not marker:
        return False
    if marker.lastgroup in _HIGH or text.endswith(_CLOSED, *line):
        return True
    return BODY.search(text[max(line[0], line[1] - _LONGEST_NAME) : line[1]]) is not None


def _gap(text: str, end: int, start: int) -> str:
    return " " if text[end - 1].isascii() and text[start].isascii() and text[end - 1].isalnum() else ""
