"""Reading: a text as the rules of duties see it; it is made once and passed to every rule.

>>> reading = read("一、任务\\n1.清理。\\n责任单位:市司法局\\n")
>>> [node.label for node in reading.nodes], reading.tokens.labels
(['一、', '1.'], [(11, 15, 'responsible')])

Left to others: what the rules take (`loaders.duties.assignments`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import Span
from loaders.duties.clause import Clause
from loaders.lexicon.scan import Tokens, scan
from loaders.structure.outline import Node, is_flat, outline, without_fields
from loaders.structure.progress import progress, without_progress


@dataclass(slots=True)
class Reading:
    """``text`` without its tables, its tokens, and the nodes of its outline.

    ``progress``: what it tells of how far things are. ``flat``: the text has lost its line breaks. All places are offsets in ``text``.
    """

    text: str
    tokens: Tokens
    nodes: list[Node] = field(default_factory=list)
    progress: list[Span] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        return is_flat(self.text)


def read(text: str, tokens: Tokens | None = None) -> Reading:
    """The reading of ``text``; pass ``tokens`` if it was scanned already."""
    tokens = scan(text) if tokens is None else tokens
    nodes = outline(text)
    if nodes:
        colons = {at for at, end, _ in tokens.labels if text[end : end + 1] in (":", "：")}
        nodes = without_fields(nodes, colons, text)
    told = progress(text, tokens.labels, nodes)
    return Reading(text, tokens, without_progress(nodes, told), told)


def none_in(places: Sequence[int], start: int, end: int) -> bool:
    """Whether none of ``places``, which stand in text order, lies in a stretch."""
    return bisect_left(places, start) == bisect_left(places, end)


class Taken:
    """The clauses taken so far. A stretch that one rule has taken is closed to later rules."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = []
        self._spans: list[Span] = []
        self._starts: list[int] = []

    def add(self, found: Iterable[Clause]) -> None:
        """Take the clauses of one construct."""
        clauses = list(found)
        if clauses:
            self.clauses += clauses
            self._spans = sorted(clause.span for clause in self.clauses)
            self._starts = [span[0] for span in self._spans]

    def holds(self, at: int) -> bool:
        """Whether ``at`` lies in a stretch that is taken."""
        n = bisect_left(self._starts, at)
        return (n > 0 and at < self._spans[n - 1][1]) or (n < len(self._spans) and self._starts[n] == at)

    def reaches_into(self, span: Span) -> bool:
        """Whether the last taken stretch that begins before the end of ``span`` reaches into it."""
        n = bisect_left(self._starts, span[1])
        return n > 0 and span[0] < self._spans[n - 1][1]
