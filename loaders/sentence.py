"""Sentence: the stretch around a word up to the marks that close it.

A sentence here ends at 。；; or a line break, a clause also at a comma.  Looking stops at ``REACH`` code points on either side,
so that a text without marks costs no more than one with them.

>>> text = "甲。乙,丙丁;戊"
>>> text[slice(*sentence(text, 5, 6))], text[slice(*clause(text, 5, 6))]
('乙,丙丁', '丙丁')
"""

import re

from graph.model import Span

REACH = 600
_SENTENCE_MARKS = "。；;\n"
_CLAUSE_MARKS = "，,。；;\n"
SENTENCE_END = re.compile(f"[{_SENTENCE_MARKS}]")
CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")


def sentence(text: str, start: int, end: int) -> Span:
    """The sentence around ``text[start:end]``, its closing mark left out."""
    return _before(text, start, _SENTENCE_MARKS), _behind(text, end, SENTENCE_END)


def clause(text: str, start: int, end: int) -> Span:
    """The comma clause around ``text[start:end]``, white space at its ends left out."""
    first, last = _before(text, start, _CLAUSE_MARKS), _behind(text, end, CLAUSE_END)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _before(text: str, at: int, marks: str) -> int:
    low = at - REACH if at > REACH else 0
    for mark in marks:
        found = text.rfind(mark, low, at)
        if found >= 0:
            low = found + 1
    return low


def _behind(text: str, at: int, marks: re.Pattern[str]) -> int:
    match = marks.search(text, at, at + REACH)
    return match.start() if match else min(len(text), at + REACH)
