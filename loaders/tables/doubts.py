"""Doubts about rows: what a row says against its head, though the alignment took it.

1. A row contradicts its head where a cell holds what another column asks for, and that column has it not; where it has a number,
   but nothing to do; where bodies, times or the next number stand among its words; where a lost border put two cells into one.
2. Of two rows side by side neither holds where one has the bodies and the other what they do; of several neither does where the
   first has only who and when, and the last all but that.  Where nothing parts the cells, a
   gap of the numbers and a body among the words tell that a row without a number is hidden.
3. Rows that the alignment left behind the table, though they go on like those before them, count as rows that contradict.

The pieces that were to be aligned tell more than those that the alignment took: names within words, times behind times.

>>> from loaders.tables.align import Edge
>>> from loaders.tables.piece_types import types_of
>>> words = ("长期", "市司法局", "清理", "1")
>>> edges = [[Edge(n + 1, (n, n + 1), types_of(word), len(word))] for n, word in enumerate(words)]
>>> row = AlignedRow({n: edge.span for n, (edge,) in enumerate(edges)}, dict(enumerate(edges)))
>>> Doubts("", Lattice(edges, []), ("number", "text", "units", "time")).wrong([row])
{0}

Left to others: the search (`loaders.tables.align`), what becomes of a table (`loaders.tables.in_text`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.model import Span
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.places import LEVEL, place_at_start
from loaders.phrases.joined import GLUED
from loaders.tables.align import AlignedRow, Edge, Lattice
from loaders.tables.confidence import EXPLAINED, WEIGHTS, is_told_by_signs
from loaders.tables.prices import NEXT_NUMBER, Number, next_number
from loaders.times.places import is_time

# a piece that can be nothing else
_SURELY_BODIES = frozenset(frozenset((kind,)) for kind in ("bodies", "body", "joined"))
_TIME = frozenset(("time",))
_ASKED = {kind: types - {"nothing", "mark"} for kind, types in EXPLAINED.items()}
_WHO_AND_WHEN = frozenset(("units", "time"))
_FIGURES = frozenset(("figure", "number"))
_NO_NUMBER_IN = frozenset(("points", "contact", "remark", "any"))  # a figure there is no number of a row
_LEAST_TASK = 4  # characters of what is to be done, where nothing parts the cells
_MOST_LOOSE = 4  # characters of a cell of bodies that no name explains, where nothing parts the cells
_LONGEST_END = 14  # characters of a name or a time at the end of a cell
_LEAST_TIME = 4  # characters of a time that is no word of a task (全年)
_BEHIND = 2  # times the columns: how many pieces behind the table are looked at
_LEAST_BEHIND = 2  # of them that name bodies


class Doubts:
    """The signs that a row, or what stands behind the last one, is not read as it was meant."""

    def __init__(self, text: str, lattice: Lattice, kinds: Sequence[str]) -> None:
        self._text = text
        self._kinds = kinds
        self._together = lattice.together
        self._edges = lattice.edges
        edges = [edge for edges in lattice.edges for edge in edges if edge.size]
        self._bodies = sorted(edge.span for edge in edges if edge.types in _SURELY_BODIES)
        self._times = sorted(edge.span for edge in edges if "time" in edge.types and edge.size >= _LEAST_TIME)

    def wrong(self, rows: Sequence[AlignedRow]) -> set[int]:
        """Which of the rows have cells that are not those that their head asks for."""
        found = {n for n, row in enumerate(rows) if self._contradicts(row)}
        for n, (above, below) in enumerate(pairwise(rows)):
            if self._is_torn(above, below) or self._is_torn(below, above):
                found |= {n, n + 1}
        return found | set(self._hiding(rows) if self._together else self._shifted(rows))

    def _contradicts(self, row: AlignedRow) -> bool:
        """Whether the cells of one row are not those that its head asks for."""
        doubts = (
            self._has_no_task,
            self._names_among_words,
            self._names_among_times,
            self._next_number_among_words,
            self._lost_border,
        )
        if not is_told_by_signs(row) and any(doubt(row) for doubt in doubts):
            return True
        if len(row.cells) < 2:  # a heading of rows
            return False
        if self._together and any(self._is_loose(column, pieces) for column, pieces in row.pieces.items()):
            return True
        return any(kind in self._kinds and self._stands_elsewhere(row, kind) for kind in WEIGHTS)

    def left_behind(self, rows: Sequence[AlignedRow]) -> int:
        """About how many rows stand behind the last one that go on like those above."""
        if self._together:
            return 0
        end = max((cell[1] for row in rows for cell in row.cells.values()), default=0)
        seen = [edges[0] for edges in self._edges if edges and edges[0].span[0] >= end and edges[0].size]
        near = seen[: _BEHIND * len(self._kinds)]
        bodies = [edge for edge in near if edge.types in _SURELY_BODIES]
        others = [edge for edge in near if edge.number is not None or "time" in edge.types]
        if len(bodies) < _LEAST_BEHIND or not others or len(bodies) + len(others) == len(near):
            return 0  # one who signs, and when
        return max(1, sum(edge.types in _SURELY_BODIES for edge in seen) // max(1, self._kinds.count("units")))

    def _is_torn(self, one: AlignedRow, other: AlignedRow) -> bool:
        """Whether of two rows side by side one has the bodies and the other what they do."""
        if one.heading or other.heading or is_told_by_signs(one) or is_told_by_signs(other):
            return False
        first, second = ({self._kinds[column] for column in row.cells} for row in (one, other))
        bodies_only = "units" in first and not first & {"number", "text", "group"}
        return bodies_only and {"number", "text"} <= second and "units" not in second

    def _hiding(self, rows: Sequence[AlignedRow]) -> Iterator[int]:
        """The rows before a gap of the numbers that have bodies among their words: a row without a number is in them."""
        last: tuple[int, Number] | None = None
        for n, row in enumerate(rows):
            if row.number is None:
                continue
            if last and row.number[0] - last[1][0] > n - last[0]:
                yield from (at for at in range(last[0], n) if self._holds_bodies(rows[at]))
            last = n, row.number

    def _shifted(self, rows: Sequence[AlignedRow]) -> range:
        """The rows from one on that has only who and when to the last one, which has all but that: the columns stand in another
        order there, and each row ends in the next one."""
        whole, last = len(self._kinds), len(rows) - 1
        n = last - 1
        while n > 0 and len(rows[n].cells) == whole:
            n -= 1
        if n <= 0 or len(rows[n - 1].cells) < whole or len(rows[n].cells) + len(rows[last].cells) != whole:
            return range(0)
        begun, ended = ({self._kinds[column] for column in rows[at].cells} for at in (n, last))
        shifted = begun == _WHO_AND_WHEN and "text" in ended and "time" not in ended
        return range(n, last + 1) if shifted and not is_told_by_signs(rows[n]) else range(0)

    def _holds_bodies(self, row: AlignedRow) -> bool:
        return any(
            self._kinds[column] != "units" and self._inside(self._bodies, cell) for column, cell in row.cells.items()
        )

    def _has_no_task(self, row: AlignedRow) -> bool:
        """Whether a row has a number of its own, but nothing to do."""
        if "text" not in self._kinds:
            return False
        words = sum(end - start for column, (start, end) in row.cells.items() if self._kinds[column] == "text")
        return (self._together and 0 < words < _LEAST_TASK) or (not words and row.number is not None)

    def _names_among_times(self, row: AlignedRow) -> bool:
        return any(
            self._kinds[column] == "time" and self._inside(self._bodies, cell) for column, cell in row.cells.items()
        )

    def _names_among_words(self, row: AlignedRow) -> bool:
        """Whether a body stands among the words of a task, with more of a row behind it."""
        for column, pieces in row.pieces.items():
            if self._kinds[column] != "text":
                continue
            if not self._together:
                if any(piece.types in _SURELY_BODIES for piece in pieces[1:-1]):
                    return True
                continue
            cell = row.cells[column]
            if any(end < cell[1] and self._begins(self._times, end) for _, end in self._inside(self._bodies, cell)):
                return True
        return False

    def _next_number_among_words(self, row: AlignedRow) -> bool:
        """Whether the number of the next row stands before the words of this one: two rows were read as one."""
        first = [pieces[0] for column, pieces in row.pieces.items() if self._kinds[column] == "text"]
        return row.number is not None and any(
            piece.number is not None and next_number(row.number, piece.number) >= NEXT_NUMBER for piece in first
        )

    def _lost_border(self, row: AlignedRow) -> bool:
        """Whether a cell holds what a column asks for that the row has not: 清理文件市司法局 · 市财政局2024年底 · 市司法局市财政局."""
        if self._together:
            return False
        lacks = {kind for column, kind in enumerate(self._kinds) if column not in row.cells} & {"units", "time"}
        for column, cell in row.cells.items() if lacks else ():
            kind, words = self._kinds[column], self._text[max(cell[0], cell[1] - _LONGEST_END) : cell[1]]
            if kind not in ("text", "units"):
                continue
            ends = [words[at:] for at in range(1, len(words) - 1)]
            if "time" in lacks and any(end[0].isdigit() and is_time(end) for end in ends):
                return True
            if "units" in lacks and (_ends_with_body(ends) if kind == "text" else _is_glued(self._text[slice(*cell)])):
                return True
        return False

    def _is_loose(self, column: int, pieces: Sequence[Edge]) -> bool:
        """Whether a typed cell of a table that is run together holds what is not its own."""
        kind = self._kinds[column]
        if kind == "time":
            times = [piece for piece in pieces if "time" in piece.types]
            return any(a.span[1] == b.span[0] for a, b in pairwise(times))
        if kind != "units":
            return False
        loose = sum(piece.size for piece in pieces if not piece.types & EXPLAINED[kind])
        return loose > _MOST_LOOSE or any(piece.types & _FIGURES for piece in pieces)

    def _stands_elsewhere(self, row: AlignedRow, kind: str) -> bool:
        """Whether a column of a kind has not what it asks for, and another one has."""
        types = _ASKED[kind]
        lacks = any(
            own == kind and not any(piece.types & types for piece in row.pieces.get(column, ()))
            for column, own in enumerate(self._kinds)
        )
        return lacks and any(
            self._kinds[column] != kind and self._is_of(kind, types, column, row) for column in row.pieces
        )

    def _is_of(self, kind: str, types: frozenset[str], column: int, row: AlignedRow) -> bool:
        """Whether the cell of another column is what a column of a kind asks for."""
        own, pieces, cell = self._kinds[column], row.pieces[column], row.cells[column]
        if kind == "units":
            return bool(self._inside(self._bodies, cell))
        time_of_task = kind == "time" and own == "text"
        if self._together:
            return time_of_task and any(end == cell[1] for _, end in self._inside(self._times, cell))
        if time_of_task and any(piece.types == _TIME and piece.size >= _LEAST_TIME for piece in pieces):
            return True
        first = pieces[0].types
        return bool(first & types) and "text" not in first and not (kind == "number" and own in _NO_NUMBER_IN)

    @staticmethod
    def _inside(spans: Sequence[Span], cell: Span) -> Sequence[Span]:
        first, last = bisect_left(spans, (cell[0], 0)), bisect_left(spans, (cell[1], 0))
        return [span for span in spans[first:last] if span[1] <= cell[1]]

    @staticmethod
    def _begins(spans: Sequence[Span], at: int) -> bool:
        found = bisect_left(spans, (at, 0))
        return found < len(spans) and spans[found][0] == at


def _ends_with_body(ends: Sequence[str]) -> bool:
    return any((LEVEL.match(end) or place_at_start(end)) and is_certain_body(end) for end in ends)


def _is_glued(words: str) -> bool:
    """Whether two names stand in a cell with nothing between them, and no list before them."""
    first = words.split("、")[0]
    place = place_at_start(first)
    return GLUED.search(first) is not None or (place is not None and first.find(place, len(place)) > len(place))
