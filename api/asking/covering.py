"""Recognised spans of a question, and the cheapest cover of its text by them.

`normalise` brings the text to one form and keeps the place of every character.  `cover` chooses among overlapping spans:
an uncovered character costs far more than any span, a name of the graph less than a word, a word less than filler, and
one long span less than two short ones.

Example: in 市政府办 the unit of that name wins over 市政府 with a stray 办.

Left to others: finding the spans (`api.asking.days`, `api.asking.unit_names`, `api.asking.titles`,
`api.asking.vocabulary`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import category

from graph.names import fold

UNCOVERED = 100
WORD, FILLER, SLOT, PART = 12, 13, 10, 32  # cost of a span; PART: a part of a title is a guess
WRONG = 60  # a name or a day that does not exist


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a span means: 2018年底 is 2018-12-31 alone, 2018年 the whole year (``is_range``)."""

    start: str
    end: str
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A node of the graph that a span may name: its id, its name, and its region if it has one."""

    id: str
    name: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class RecognisedSpan:
    """A stretch of the text: the concepts it may stand for (none: filler), and what it names.

    ``refs`` holds several entities if the name is ambiguous; ``others`` holds less likely meanings.  ``wrong`` says why
    a name or a day does not exist.
    """

    start: int
    end: int
    concepts: tuple[str, ...] = ()
    cost: int = WORD
    refs: tuple[EntityRef, ...] = ()
    period: Period | None = None
    wrong: str | None = None
    others: tuple[EntityRef, ...] = ()


@cache
def _normalise(character: str) -> str:
    folded = fold(character).lower()
    return folded if len(folded) == 1 else " "


def normalise(text: str) -> str:
    """``text`` in one form, character for character: half-width letters, one kind of bracket and dash, lower case."""
    return "".join(map(_normalise, text))


def is_punctuation(character: str) -> bool:
    """Whether a character is punctuation, a symbol or blank, and need not be covered."""
    return character.isspace() or category(character)[0] in "PSZC"


def cover(text: str, spans: Sequence[RecognisedSpan]) -> tuple[list[RecognisedSpan], list[tuple[int, int]]]:
    """The spans of the cheapest cover in text order, and the stretches that stay uncovered."""
    ending: list[list[RecognisedSpan]] = [[] for _ in range(len(text) + 1)]
    for span in spans:
        ending[span.end].append(span)
    best = [0] * (len(text) + 1)
    last: list[RecognisedSpan | None] = [None] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        best[end] = best[end - 1] + (0 if is_punctuation(text[end - 1]) else UNCOVERED)
        for span in ending[end]:
            cost = best[span.start] + span.cost
            if cost < best[end] or (cost == best[end] and last[end] is None):
                best[end], last[end] = cost, span
    chosen: list[RecognisedSpan] = []
    uncovered: list[tuple[int, int]] = []
    end = len(text)
    while end:
        met = last[end]
        if met is None:
            end -= 1
            if not is_punctuation(text[end]):
                uncovered.append((end, end + 1))
        else:
            chosen.append(met)
            end = met.start
    return chosen[::-1], _joined(uncovered[::-1])


def without_stems(
    text: str, chosen: Sequence[RecognisedSpan], uncovered: Sequence[tuple[int, int]], stems: frozenset[str]
) -> tuple[list[RecognisedSpan], list[tuple[int, int]]]:
    """A cover without characters that explain nothing: two of ``stems`` side by side are a piece of an unknown word.

    Example: 审 and 批 of 审批局 are two words of filler, and yet nothing explains 审批局.
    """
    single = {span.start: span for span in chosen if span.end == span.start + 1 and not span.refs}
    alone = {at for at in single if text[at] in stems}
    broken = {at for at in alone if at + 1 in alone or at - 1 in alone}
    kept = [span for span in chosen if span.start not in broken or span.start not in single]
    return kept, _joined(sorted([*uncovered, *((at, at + 1) for at in broken)]))


def _joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
