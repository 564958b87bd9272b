"""Sentences: the stretch around a word, up to the marks that close it.

A sentence ends at 。；; or a line break, a clause also at a comma.  The search stops at ``REACH`` code points on either side,
so that a text without marks costs no more than one with marks.

>>> text = "甲。乙,丙丁;戊"
>>> text[slice(*sentence(text, 5, 6))], text[slice(*clause(text, 5, 6))]
('乙,丙丁', '丙丁')
"""

import re

from graph.model import Span
from loaders.lexicon.marks import behind_last

REACH = 600
_SENTENCE_MARKS = "。\n；;"
_CLAUSE_MARKS = f"，,{_SENTENCE_MARKS}"
SENTENCE_END = re.compile(f"[{_SENTENCE_MARKS}]")
CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")
# 二、 · 第三条 · （二） · 3. · 二是
NUMBER_AHEAD = r"(?=[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十百]{1,5}[条章]|[(（][一二三四五六七八九十]|\d{1,2}[.．、])"


PARAGRAPH_END = re.compile(rf"[。；;]?[ \t]*(?:\n|$|{NUMBER_AHEAD})")
OPENING, CLOSING = "(（〔［[【「『〖", ")）〕］]】」』〗"
BRACKET = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
_LONGEST_BRACKET, _DEEPEST = 1200, 4


def sentence(text: str, start: int, end: int) -> Span:
    """The sentence around ``text[start:end]``, without its closing mark."""
    return sentence_start(text, start), _behind(text, end, SENTENCE_END)


def clause(text: str, start: int, end: int) -> Span:
    """The comma clause around ``text[start:end]``, without white space at its ends."""
    first = behind_last(text, _CLAUSE_MARKS, start - REACH if start > REACH else 0, start)
    last = _behind(text, end, CLAUSE_END)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def sentence_start(text: str, at: int) -> int:
    """Where the sentence around ``at`` begins."""
    return behind_last(text, _SENTENCE_MARKS, at - REACH if at > REACH else 0, at)


def _behind(text: str, at: int, marks: re.Pattern[str]) -> int:
    match = marks.search(text, at, at + REACH)
    return match.start() if match else min(len(text), at + REACH)


def closing(text: str, opening: int) -> int | None:
    """The end of the bracket that opens at ``opening``, skipping nested brackets; None if it does not close."""
    limit = opening + _LONGEST_BRACKET
    first = BRACKET.search(text, opening + 1, limit)
    if first is None or first[0] in CLOSING:  # most brackets hold no other
        return first.end() if first else None
    depth = 1
    for match in BRACKET.finditer(text, first.start(), limit):
        depth += 1 if match[0] in OPENING else -1
        if not depth:
            return match.end()
        if depth > _DEEPEST:
            return None
    return None
