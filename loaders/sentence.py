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
SENTENCE_END = re.compile(r"[。；;\n]")
CLAUSE_END = re.compile(r"[，,。；;\n]")


def sentence(text: str, start: int, end: int) -> Span:
    """The sentence around ``text[start:end]``, its closing mark left out."""
    return sentence_start(text, start), _behind(text, end, SENTENCE_END)


def clause(text: str, start: int, end: int) -> Span:
    """The comma clause around ``text[start:end]``, white space at its ends left out."""
    first = sentence_start(text, start)
    first = max(first - 1, text.rfind("，", first, start), text.rfind(",", first, start)) + 1
    last = _behind(text, end, CLAUSE_END)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins in which ``at`` stands."""
    low = at - REACH if at > REACH else 0
    stop, line = text.rfind("。", low, at), text.rfind("\n", low, at)
    return max(low - 1, stop, line, text.rfind("；", low, at), text.rfind(";", low, at)) + 1


def _behind(text: str, at: int, marks: re.Pattern[str]) -> int:
    match = marks.search(text, at, at + REACH)
    return match.start() if match else min(len(text), at + REACH)
