"""The alignment of pieces to the rows and columns of a table: the way through the pieces that earns most.

A `Lattice` has places between pieces, and from each place edges: a piece that ends at a later place, with what it may be.  A
state at a place is the column that is open, and the number of its row.  A piece stays in that column, goes on to a later one,
or begins a row; moves and fits have prices (`loaders.tables.prices`).  Between rows stand headings and repeated heads; behind
the last row the table may end.

>>> from loaders.tables.piece_types import types_of
>>> words = ["1", "清理", "市司法局", "2", "公开", "清单", "市财政局"]
>>> edges = [[Edge(n + 1, (n, n + 1), types_of(word), len(word))] for n, word in enumerate(words)]
>>> edges[0][0] = edges[0][0]._replace(number=(1, 0)); edges[3][0] = edges[3][0]._replace(number=(2, 0))
>>> rows = align(Lattice([*edges, []], ["line"] * 8), ("number", "text", "units"))
>>> [[row.cells.get(column) for column in range(3)] for row in rows]
[[(0, 1), (1, 2), (2, 3)], [(3, 4), (4, 6), (6, 7)]]

Left to others: the pieces of each layout (`loaders.tables.lattices`), what a row says (`loaders.duties.table_cells`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, count, pairwise
from math import inf
from operator import sub
from typing import NamedTuple

from graph.model import Span
from loaders.tables.prices import (
    AT_END,
    BEFORE_FIRST,
    BEGINS,
    BREAKS,
    CATEGORY,
    IN_CELL,
    MORE_BODIES,
    MORE_OF_ONE,
    NEVER,
    NOT_BEGUN,
    NOT_BEGUN_TOGETHER,
    NUMBER_TOGETHER,
    NUMERAL,
    OUT,
    PAID_ONCE,
    SKIP,
    TYPED,
    UNPARTED,
    WRONG_NUMBER,
    Moves,
    Number,
    fit,
    next_number,
)

_BETWEEN, _OUT = -1, -2  # no column is open: between two rows, behind the table
_WIDEST_BEAM = 16
_MARGIN = 8.0  # a way that earns so much less than the best one here is given up
_LEAST_TRUSTED = -2.0  # what a cell earns at least in a row that is trusted
PLAIN = frozenset(("text",))
FREE, HEADING, REPEATED = frozenset(("free",)), frozenset(("heading",)), frozenset(("repeated",))
_NO_CELL = frozenset((FREE, HEADING, REPEATED))
_GOES_ON = frozenset(("joined", "mark"))  # pieces behind or of a mark


class Edge(NamedTuple):
    """A piece: where it ends (a place of the lattice), its stretch of the text, what it may be, its size in characters.

    ``number``: the number of a row that it is, if it may be one.  ``column``: the only column it may stand in, where the
    signs of its line leave no doubt; the first of a line begins a row.  ``earns`` adds to its fit in a column of units.
    """

    to: int
    span: Span
    types: frozenset[str]
    size: int
    number: Number | None = None
    column: int | None = None
    earns: float = 0.0


class Lattice(NamedTuple):
    """The edges from each place, none from the last, and the break before each place (`BREAKS`)."""

    edges: list[list[Edge]]
    breaks: list[str]
    together: bool = False  # the cells are run together


@dataclass(slots=True)
class AlignedRow:
    """One row: the stretch of each filled cell, the pieces in it, and the number; a heading of rows has nothing else.

    ``trusted``: it was taken as it stands, because its signs leave no doubt.
    """

    cells: dict[int, Span] = field(default_factory=dict)
    pieces: dict[int, list[Edge]] = field(default_factory=dict)
    number: Number | None = None
    heading: Span | None = None
    trusted: bool = False


# which one it is, the step before, the piece that it takes or the pieces of a row, its column, whether it begins a row; linked,
# so that ways that are given up leave nothing behind
_Step = tuple[int, "_Step | None", Edge | list[Edge] | None, int, bool]
_FIRST: _Step = (0, None, None, _BETWEEN, False)
# by column, and behind the last one where none is open: the best score of a cell that is open there, and its step
_Opened = tuple[list[float], list[_Step]]
_Ended = tuple[float, _Step]
# of a column: the best score with which a cell can begin there, the step before, whether that begins a row; and the score with
# which the cell that is open there goes on, and the step before
_Entrance = tuple[float, _Step, bool, float, _Step]
_LEFT: dict[Number | None, _Opened] = {}  # of a place to which no way leads, or that the search has left; never filled
_Gain = tuple[int, float, float]  # a column, what a piece earns there as the first of a cell, and as more of one


def align(lattice: Lattice, kinds: Sequence[str]) -> list[AlignedRow]:
    """The rows in text order."""
    search = _Search(lattice, tuple(kinds))
    return search.rows(search.run())


class _Search:
    def __init__(self, lattice: Lattice, kinds: tuple[str, ...]) -> None:
        self.lattice = lattice
        self.kinds = kinds
        together = lattice.together
        skips = [NUMBER_TOGETHER if together and kind == "number" else SKIP[kind] for kind in kinds]
        self.before_units = {
            n for n, (kind, following) in enumerate(pairwise(kinds)) if together and kind == following == "units"
        }
        before = [0.0, *accumulate(skips)]  # the price of leaving out the columns before one
        self.prices = [(price, behind - price) for price, behind in pairwise(before)]  # and of leaving out that one
        self.ending = [*(AT_END * (before[-1] - price) for price in before[1:]), 0.0]
        self.numbers = [column for column, kind in enumerate(kinds) if kind == "number"]
        # by place, and there by number; none before the first way to a place, and none behind the search
        self.states: list[dict[Number | None, _Opened]] = [_LEFT] * len(lattice.edges)
        self.out: list[_Ended] = [(-inf, _FIRST)] * len(lattice.edges)  # the table ended before
        self.best = [-inf] * len(lattice.edges)  # of the cells that end at each place
        self.nth = count(1)  # of the steps
        self.gains: dict[tuple[frozenset[str], int, float], list[_Gain]] = {}

    def run(self) -> _Step:
        """The last step of the best way."""
        self._put(0, None, _BETWEEN, 0.0, _FIRST, None)
        for at, edges in enumerate(self.lattice.edges[:-1]):
            if edges and (self.states[at] or self.out[at][0] > -inf):
                bar = self._bar(at)
                if edges[0].column == 0:
                    self._trusted_row(at, bar)
                else:
                    self._step(at, edges, bar)
                self.states[at] = _LEFT
        ends = [self._ended(*opened) for opened in self.states[-1].values()]
        return max([*ends, self.out[-1]])[1]

    def _bar(self, at: int) -> float:
        """The score that a way to a place must be above: not too far behind the best one, and one of the best."""
        states, out = self.states[at].values(), self.out[at][0]
        best = max([max(scores) for scores, _ in states], default=-inf)
        bar = max(best, out) - _MARGIN
        if len(states) * len(self.ending) >= _WIDEST_BEAM:
            left = [score for scores, _ in states for score in (*scores, out) if score > bar]
            if len(left) > _WIDEST_BEAM:
                return sorted(left, reverse=True)[_WIDEST_BEAM]
        return bar

    def _put(
        self,
        to: int,
        number: Number | None,
        column: int,
        score: float,
        before: _Step,
        taken: Edge | list[Edge] | None,
        *,
        begins: bool = False,
    ) -> None:
        """Keep a way to a place, if it is the best one with this column open."""
        scores, steps = self._opened(to, number)
        if scores[column] < score:
            scores[column], steps[column] = score, (next(self.nth), before, taken, column, begins)

    def _opened(self, to: int, number: Number | None) -> _Opened:
        """The ways to a place on which a row had the number last."""
        states = self.states[to]
        if states is _LEFT:
            states = self.states[to] = {}
        opened = states.get(number)
        if opened is None:
            opened = states[number] = [-inf] * len(self.ending), [_FIRST] * len(self.ending)
        return opened

    def _ended(self, scores: list[float], steps: list[_Step]) -> _Ended:
        """The best score with which the row can end here, and its step."""
        return max(zip(map(sub, scores, self.ending), steps, strict=True))

    def _step(self, at: int, edges: list[Edge], bar: float) -> None:
        kind_of_break = self.lattice.breaks[at]
        moves = BREAKS[kind_of_break]
        may_end = moves.row < NEVER and kind_of_break != "row"
        out = self.out[at] if self.out[at][0] > bar else (-inf, _FIRST)
        others = [edge for edge in edges if edge.types in _NO_CELL]
        cells = [(edge, self._gains(edge)) for edge in edges if edge.types not in _NO_CELL]
        for number, (scores, steps) in self.states[at].items():
            opened = [score if score > bar else -inf for score in scores], steps
            ended = self._ended(*opened)
            if ended[0] == -inf:
                continue
            entered = self._entered(*opened, ended, moves) if cells else []
            for edge, gains in cells:
                if opened[0][_BETWEEN] > -inf and number is None and edge.types is PLAIN:
                    # words between the head and the first row
                    score = opened[0][_BETWEEN] - BEFORE_FIRST
                    self._put(edge.to, None, _BETWEEN, score, steps[_BETWEEN], None)
                if edge.number or "numeral" in edge.types:
                    self._number(edge, number, entered)
                self._cell(edge, gains, number, entered)
            for edge in others:
                self._between(edge, number, opened, ended)
            if may_end and ended[0] - OUT > out[0]:
                out = ended[0] - OUT, ended[1]
        for edge in edges if out[0] > -inf else ():
            if self.out[edge.to][0] < out[0]:
                self.out[edge.to] = out[0], (next(self.nth), out[1], None, _OUT, False)

    def _entered(self, scores: list[float], steps: list[_Step], ended: _Ended, moves: Moves) -> list[_Entrance]:
        """For each column how a piece can come to stand there best."""
        best: list[_Entrance] = []
        going, going_step = -inf, _FIRST  # in an earlier column, less what is left out up to here
        stay, on, row = moves
        row, row_step = ended[0] - row, ended[1]
        for (price, skip), here, step in zip(self.prices, scores, steps, strict=False):
            begun = row - price
            if going - on > begun or (going - on == begun and going_step[0] > row_step[0]):
                best.append((going - on, going_step, False, here - stay, step))
            else:
                best.append((begun, row_step, True, here - stay, step))
            going -= skip
            if here > going:
                going, going_step = here, step
        return best

    def _between(self, edge: Edge, number: Number | None, opened: _Opened, ended: _Ended) -> None:
        """Take what is no cell: a heading between rows, the head again, what means nothing."""
        if edge.types is not FREE:
            earned = ended[0] + (CATEGORY if edge.types is HEADING else 0.0)
            self._put(edge.to, number, _BETWEEN, earned, ended[1], edge)
        if edge.types is not HEADING:  # also in the midst of a cell
            price = IN_CELL if edge.types is REPEATED else 0.0
            for column, (score, step) in enumerate(zip(*opened, strict=True)):
                if score > -inf:
                    self._put(edge.to, number, column, score - price, step, None)

    def _number(self, edge: Edge, number: Number | None, entered: list[_Entrance]) -> None:
        """Take the number of a row, with which it begins or behind the group to which it belongs."""
        together = self.lattice.together
        for column in self.numbers:
            score, before, begins = entered[column][:3]
            earned = next_number(number, edge.number, alone=not together) if edge.number else NUMERAL
            if (begins or column == self.numbers[0]) and (earned > WRONG_NUMBER or not together):
                self._put(edge.to, edge.number or number, column, score + earned, before, edge, begins=begins)

    def _cell(self, edge: Edge, gains: list[_Gain], number: Number | None, entered: list[_Entrance]) -> None:
        """Take a piece into the column that is open, or begin a cell of a later one, or a row."""
        to = edge.to
        best = self.best[to]
        bar = best - _MARGIN  # what is not above would be given up there
        opened: _Opened | None = None
        for column, first, more in gains:
            score, before, begins, stays, open_step = entered[column]
            score += first
            stays += more
            if stays >= score:
                score, before, begins = stays, open_step, False
            if score <= bar:
                continue
            if score > best:
                best = score
                bar = best - _MARGIN
            if opened is None:
                opened = self._opened(to, number)
            if opened[0][column] < score:
                opened[0][column], opened[1][column] = score, (next(self.nth), before, edge, column, begins)
        self.best[to] = best

    def _gains(self, edge: Edge) -> list[_Gain]:
        """For each column but that of numbers what a piece earns there."""
        key = edge.types, edge.size, edge.earns
        if (known := self.gains.get(key)) is None:
            known = self.gains[key] = [
                self._gain(edge, column) for column in range(len(self.kinds)) if column not in self.numbers
            ]
        return known

    def _gain(self, edge: Edge, column: int) -> _Gain:
        kind, together = self.kinds[column], self.lattice.together
        earned = best_fit(kind, edge.types, edge.size, together=together)
        earned += edge.earns if kind == "units" else 0.0
        first = earned
        if kind in TYPED and not edge.types & BEGINS[kind]:
            first -= NOT_BEGUN_TOGETHER[kind] if together else NOT_BEGUN
        more = min(earned, MORE_OF_ONE) if kind in PAID_ONCE else earned
        if kind == "units" and not together:
            more = min(more, MORE_BODIES)
        if column in self.before_units and not edge.types & _GOES_ON:
            more -= UNPARTED
        return column, first, more

    def _trusted_row(self, at: int, bar: float) -> None:
        """Take a row whose signs leave no doubt as it stands: there is nothing to search."""
        row = [edges[0] for edges in self.lattice.edges[at : at + len(self.kinds)]]
        earned = [
            max(best_fit(kind, edge.types, edge.size), _LEAST_TRUSTED) if edge.size else 0.0
            for kind, edge in zip(self.kinds, row, strict=True)
        ]
        for number, (scores, steps) in self.states[at].items():
            score, before = self._ended([score if score > bar else -inf for score in scores], steps)
            if score == -inf:
                continue
            now = number
            for kind, edge, fits in zip(self.kinds, row, earned, strict=True):
                if kind != "number":
                    score += fits
                elif edge.number:
                    score += max(-1.0, next_number(now, edge.number))
                    now = edge.number
            self._put(row[-1].to, now, len(row) - 1, score, before, row, begins=True)

    def rows(self, last: _Step) -> list[AlignedRow]:
        """The rows on the way to a step."""
        taken: list[_Step] = []
        at: _Step | None = last
        while at:
            taken.append(at)
            at = at[1]
        rows: list[AlignedRow] = []
        for _, _, edge, column, begins in reversed(taken):
            if edge is None:
                continue
            if isinstance(edge, list):
                rows.append(AlignedRow(trusted=True))
                for n, cell in enumerate(edge):
                    _into(rows[-1], n, cell, self.kinds[n])
            elif edge.types is HEADING and column == _BETWEEN:
                rows.append(AlignedRow(heading=edge.span))
            elif column >= 0:
                if begins:
                    rows.append(AlignedRow())
                _into(rows[-1], column, edge, self.kinds[column])
        return rows


def _into(row: AlignedRow, column: int, edge: Edge, kind: str) -> None:
    if edge.span[0] == edge.span[1]:
        return
    before = row.cells.get(column)
    row.cells[column] = (before[0], edge.span[1]) if before else edge.span
    row.pieces.setdefault(column, []).append(edge)
    if kind == "number" and edge.number:
        row.number = edge.number


@lru_cache(maxsize=65536)
def best_fit(kind: str, types: frozenset[str], size: int, *, together: bool = False) -> float:
    """What a piece earns in a column of a kind as the type that fits it best."""
    return max(fit(kind, type_, size, together=together) for type_ in types)
