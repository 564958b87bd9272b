"""Tokens: one pass over the text that finds every word on which a later rule hangs.

One Aho-Corasick automaton holds the labels of `vocabulary/roles.yaml`, the title mark 《 and the heads of time phrases;
each later module looks only around its own tokens, so that a text is walked once, however many rules there are.

>>> scan("牵头单位:市编办。完成时限:2018年年底前完成。").labels
[(0, 4, 'lead'), (9, 13, 'deadline')]

Left to others: what a token means where it stands (`clauses`, `citations`, `deadlines`).
"""

from dataclasses import dataclass
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind

from loaders.vocabulary import load_yaml

Token: TypeAlias = tuple[int, int, str]  # start, end, what it stands for


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by kind, each list in text order; offsets in the text that was scanned."""

    labels: list[Token]
    titles: list[Token]
    years: list[Token]
    recurrences: list[Token]
    periods: list[Token]
    roles: list[Token]


# a word of time -> the kind of phrase it heads; the number before or after it is read by `deadlines`
_RECURRENCES = ("每年", "每季", "每月", "每半年", "每周", "每两年", "每学期", "每学年")
_PERIODS = ("日内", "日之内", "天内", "个工作日", "工作日", "个月内", "周内", "年内")
_ROLES = {"牵头": "lead"}


def _patterns() -> list[tuple[str, str, str]]:
    """(word, kind, what it stands for)."""
    labels = [(word, "labels", role) for role, words in load_yaml("roles")["labels"].items() for word in words]
    years = [(f"20{n:02}", "years", f"20{n:02}") for n in range(60)]
    times = [(w, "recurrences", w) for w in _RECURRENCES] + [(w, "periods", w) for w in _PERIODS]
    return labels + years + times + [("《", "titles", "《")] + [(w, "roles", role) for w, role in _ROLES.items()]


_TABLE = _patterns()
_KINDS = [(kind, meaning) for _, kind, meaning in _TABLE]
_AUTOMATON = AhoCorasick([word for word, _, _ in _TABLE], matchkind=MatchKind.LeftmostLongest)


def scan(text: str) -> Tokens:
    """Every token of ``text``, in one pass."""
    found: dict[str, list[Token]] = {kind: [] for kind in Tokens.__slots__}
    for index, start, end in _AUTOMATON.find_matches_as_indexes(text):
        kind, meaning = _KINDS[index]
        found[kind].append((start, end, meaning))
    return Tokens(**found)
