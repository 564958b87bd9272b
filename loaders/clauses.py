"""Clauses: the label lines and parentheses that assign an item or set its time.

1. A label of the vocabulary counts when a colon follows; in prose (作为牵头单位的部门) it is only a word.
2. Inside a bracket the clause is that bracket (责任单位：市财政局); elsewhere it runs from the label to the end of its line,
   its full stop, or the next label.

>>> text = "牵头单位:市编办、市政府法制办。\\n完成时限:2018年年底前完成。"
>>> [(c.role, text[slice(*c.content)]) for c in clauses(text, scan(text).labels)]
[('lead', '市编办、市政府法制办'), ('deadline', '2018年年底前完成')]

Left to others: units in a clause (`units`), dates in it (`deadlines`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.model import Span
from loaders.tokens import Token, scan

__all__ = ["Clause", "clauses", "scan"]

COLON = re.compile(r"[ \t\u3000\xa0]*[:：][ \t\u3000\xa0]*")
_OPENING, _CLOSING = "(（〔［[【", ")）〕］]】"
# a bracket with a label in it opens at most this far before the label: a date may stand first (5月底完成，牵头单位：…)
_BRACKET_REACH = 80


class Clause(NamedTuple):
    """``role`` is a `graph.model.Role` or ``deadline``; ``span`` the evidence, ``content`` what follows the colon."""

    role: str
    span: Span
    content: Span
    rule: str


def clauses(text: str, labels: list[Token]) -> Iterator[Clause]:
    """Every clause in text order; places in ``text``."""
    heads = [(start, colon.end(), role) for start, end, role in labels if (colon := COLON.match(text, end))]
    for n, (start, content, role) in enumerate(heads):
        following = heads[n + 1][0] if n + 1 < len(heads) else len(text)
        bracket = _bracket(text, start)
        if bracket:
            end = min(bracket[1] - 1, following)
            yield Clause(role, bracket, _trim(text, content, end), "label-in-parenthesis")
        else:
            end = _line_end(text, content, following, role)
            yield Clause(role, (start, end), _trim(text, content, end), "label-line")


def _line_end(text: str, content: int, following: int, role: str) -> int:
    """Where a label's line ends: its line break, the next label, or (units only) its first full stop."""
    newline = text.find("\n", content)
    if newline >= 0 and not text[content:newline].strip():  # the content stands on the next line
        newline = text.find("\n", newline + 1 + _leading(text, newline + 1))
    end = min(following, newline if newline >= 0 else len(text))
    if role != "deadline":
        stop = text.find("。", content, end)
        end = stop + 1 if stop >= 0 else end
    return content + len(text[content:end].rstrip())


def _leading(text: str, at: int) -> int:
    window = text[at : at + 40]
    return len(window) - len(window.lstrip())


def _bracket(text: str, label: int) -> Span | None:
    """The bracket in which a label stands, if it opens before it and closes behind it."""
    low = max(0, label - _BRACKET_REACH)
    depth = 0
    for at in range(label - 1, low - 1, -1):
        character = text[at]
        if character == "\n":
            return None
        if character in _CLOSING:
            depth += 1
        elif character in _OPENING:
            if not depth:
                end = closing(text, at)
                return (at, end) if end else None
            depth -= 1
    return None


def closing(text: str, opening: int) -> int | None:
    """The end of the bracket that opens at ``opening``, nested brackets skipped; None when it never closes in its line."""
    depth = 0
    newline = text.find("\n", opening)
    for at in range(opening, min(newline if newline >= 0 else len(text), opening + 2000)):
        if text[at] in _OPENING:
            depth += 1
        elif text[at] in _CLOSING:
            depth -= 1
            if not depth:
                return at + 1
    return None


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    body = words.strip().rstrip("。；;，, \t\u3000\xa0")
    first = start + len(words) - len(words.lstrip())
    return (first, first + len(body))
