"""Pieces of a question, and its cheapest covering by them.

`even` brings the text to one form without moving a character, so that places in it are places in what was typed.
`cover` chooses among overlapping pieces: an uncovered character costs far more than any piece, a name of the graph less
than a word, a word less than filler, one long piece less than two short ones.

Example: of 市政府办 the unit of that name wins over 市政府 and a stray 办.

Left to others: finding the pieces (`api.asking.dates`, `api.asking.units`, `api.asking.titles`, `api.asking.vocabulary`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import category

from graph.names import fold

UNCOVERED = 100
WORD, FILLER, SLOT, PART = 12, 13, 10, 32  # what a piece costs; PART: a part of a title is a guess
WRONG = 60  # a name or day that was recognised as one and does not exist


@dataclass(frozen=True, slots=True)
class Period:
    """Days meant by a piece: 2018年底 is 2018-12-31 alone, 2018年 the whole year (``stretch``)."""

    start: str
    end: str
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing of the graph: its id, its name, its region where it has one."""

    id: str
    name: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: the concepts that it may stand for (none: filler), and what it names.

    ``refs`` holds several things when the name is not unique, ``others`` what it might mean as well.  ``wrong`` says
    why a name or a day cannot be.
    """

    start: int
    end: int
    concepts: tuple[str, ...] = ()
    cost: int = WORD
    refs: tuple[Ref, ...] = ()
    period: Period | None = None
    wrong: str | None = None
    others: tuple[Ref, ...] = ()


@cache
def _even(character: str) -> str:
    folded = fold(character).lower()
    return folded if len(folded) == 1 else " "


def even(text: str) -> str:
    """``text`` character for character in one form: full-width letters, brackets, dashes; lower case."""
    return "".join(map(_even, text))


def is_mark(character: str) -> bool:
    """Whether a character is punctuation, a symbol or blank: what no piece needs to cover."""
    return character.isspace() or category(character)[0] in "PSZC"


def cover(text: str, tokens: Sequence[Token]) -> tuple[list[Token], list[tuple[int, int]]]:
    """The pieces of the cheapest covering in order, and the stretches that no piece covers."""
    ending: list[list[Token]] = [[] for _ in range(len(text) + 1)]
    for token in tokens:
        ending[token.end].append(token)
    best = [0] * (len(text) + 1)
    last: list[Token | None] = [None] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        best[end] = best[end - 1] + (0 if is_mark(text[end - 1]) else UNCOVERED)
        for token in ending[end]:
            cost = best[token.start] + token.cost
            if cost < best[end] or (cost == best[end] and last[end] is None):
                best[end], last[end] = cost, token
    chosen: list[Token] = []
    bare: list[tuple[int, int]] = []
    end = len(text)
    while end:
        met = last[end]
        if met is None:
            end -= 1
            if not is_mark(text[end]):
                bare.append((end, end + 1))
        else:
            chosen.append(met)
            end = met.start
    return chosen[::-1], _joined(bare[::-1])


def _joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
