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
from itertools import accumulate, pairwise
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
    Number,
    fit,
    next_number,
)

_BETWEEN, _OUT = -1, -2  # no column is open: between two rows, behind the table
_WIDEST_BEAM = 16
_MARGIN = 12.0  # a way that earns so much less than the best one here is given up
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
    """One row: the stretch of each filled cell, the pieces in it, and the number; a heading of rows has nothing else."""

    cells: dict[int, Span] = field(default_factory=dict)
    pieces: dict[int, list[Edge]] = field(default_factory=dict)
    number: Number | None = None
    heading: Span | None = None


_State = tuple[int, Number | None]
_Value = tuple[float, int]
_Step = tuple[int, Edge | None, int, bool]  # the step before, the piece, its column, whether it begins a row


def align(lattice: Lattice, kinds: Sequence[str]) -> list[AlignedRow]:
    """The rows in text order."""
    search = _Search(lattice, tuple(kinds))
    return search.rows(search.run())


def _by_score(item: "tuple[_State, _Value]") -> float:
    return -item[1][0]


class _Search:
    def __init__(self, lattice: Lattice, kinds: tuple[str, ...]) -> None:
        self.lattice = lattice
        self.kinds = kinds
        together = lattice.together
        skips = [NUMBER_TOGETHER if together and kind == "number" else SKIP[kind] for kind in kinds]
        self.before_units = {
            n for n, (kind, following) in enumerate(pairwise(kinds)) if together and kind == following == "units"
        }
        self.before = [0.0, *accumulate(skips)]  # the price of leaving out the columns before one
        whole = self.before[-1]
        self.ending = [AT_END * (whole - self.before[column + 1]) for column in range(len(kinds))]
        self.numbers = [column for column, kind in enumerate(kinds) if kind == "number"]
        self.states: list[dict[_State, _Value]] = [{} for _ in lattice.edges]
        self.steps: list[_Step] = [(-1, None, _BETWEEN, False)]
        self.gains: dict[tuple[frozenset[str], int, float], list[tuple[int, float, float]]] = {}

    def run(self) -> int:
        """The last step of the best way."""
        self.states[0][(_BETWEEN, None)] = 0.0, 0
        for at, edges in enumerate(self.lattice.edges):
            states = self.states[at]
            if len(states) > 1:
                bar = max(states.values())[0] - _MARGIN
                states = {state: value for state, value in states.items() if value[0] > bar}
                if len(states) > _WIDEST_BEAM:
                    states = dict(sorted(states.items(), key=_by_score)[:_WIDEST_BEAM])
                self.states[at] = states
            if states and edges:
                self._step(states, edges, self.lattice.breaks[at])
        ends = [
            (score - (self.ending[column] if column >= 0 else 0.0), step)
            for (column, _), (score, step) in self.states[-1].items()
        ]
        return max(ends)[1] if ends else 0

    def _put(self, to: int, state: _State, score: float, step: _Step) -> None:
        old = self.states[to].get(state)
        if old is None or old[0] < score:
            self.steps.append(step)
            self.states[to][state] = score, len(self.steps) - 1

    def _step(self, states: dict[_State, _Value], edges: list[Edge], kind_of_break: str) -> None:
        by_number: dict[Number | None, dict[int, _Value]] = {}
        out: _Value | None = None
        for (column, number), value in states.items():
            if column == _OUT:
                out = value
            else:
                by_number.setdefault(number, {})[column] = value
        moves = BREAKS[kind_of_break]
        begins = any(edge.column is None and edge.types not in _NO_CELL for edge in edges)  # a cell of any column
        for number, opened in by_number.items():
            ended = max(
                (score - (self.ending[column] if column >= 0 else 0.0), step)
                for column, (score, step) in opened.items()
            )
            entered = self._entered(opened, ended, moves.on, moves.row) if begins else []
            for edge in edges:
                self._take(edge, number, opened, ended, entered, moves.stay)
            if moves.row < NEVER and kind_of_break != "row" and (out is None or ended[0] - OUT > out[0]):
                out = ended[0] - OUT, ended[1]
        if out is not None:
            for edge in edges if edges[0].column is None else ():  # a row that is sure is no end
                self._put(edge.to, (_OUT, None), out[0], (out[1], None, _OUT, False))

    def _entered(
        self, opened: dict[int, _Value], ended: _Value, on: float, row: float
    ) -> list[tuple[float, int, bool]]:
        """For each column the best score with which a piece can begin there, the step before, whether it begins a row."""
        best: list[tuple[float, int, bool]] = []
        going: _Value | None = None  # in an earlier column, less what is left out up to here
        for column in range(len(self.kinds)):
            begun = ended[0] - row - self.before[column], ended[1], True
            best.append(max(begun, (going[0] - on, going[1], False)) if going else begun)
            here = opened.get(column)
            going = going and (going[0] - (self.before[column + 1] - self.before[column]), going[1])
            if here and (going is None or here[0] > going[0]):
                going = here
        return best

    def _take(
        self,
        edge: Edge,
        number: Number | None,
        opened: dict[int, _Value],
        ended: _Value,
        entered: list[tuple[float, int, bool]],
        stay: float,
    ) -> None:
        if edge.types in _NO_CELL:
            self._between(edge, number, opened, ended)
        elif edge.column is not None:
            self._trusted(edge, number, opened, ended)
        else:
            if (
                number is None and edge.types is PLAIN and _BETWEEN in opened
            ):  # words between the head and the first row
                score, step = opened[_BETWEEN]
                self._put(edge.to, (_BETWEEN, None), score - BEFORE_FIRST, (step, None, _BETWEEN, False))
            if edge.number or "numeral" in edge.types:
                self._number(edge, number, entered)
            self._cell(edge, number, opened, entered, stay)

    def _between(self, edge: Edge, number: Number | None, opened: dict[int, _Value], ended: _Value) -> None:
        """Take what is no cell: a heading between rows, the head again, what means nothing."""
        if edge.types is not FREE:
            earned = ended[0] + (CATEGORY if edge.types is HEADING else 0.0)
            self._put(edge.to, (_BETWEEN, number), earned, (ended[1], edge, _BETWEEN, False))
        if edge.types is not HEADING:  # also in the midst of a cell
            price = IN_CELL if edge.types is REPEATED else 0.0
            for column, (score, step) in opened.items():
                self._put(edge.to, (column, number), score - price, (step, None, column, False))

    def _number(self, edge: Edge, number: Number | None, entered: list[tuple[float, int, bool]]) -> None:
        """Begin a row with its number."""
        together = self.lattice.together
        for column in self.numbers:
            score, before, begins = entered[column]
            earned = next_number(number, edge.number, alone=not together) if edge.number else NUMERAL
            if begins and (earned > WRONG_NUMBER or not together):
                self._put(edge.to, (column, edge.number or number), score + earned, (before, edge, column, True))

    def _cell(
        self,
        edge: Edge,
        number: Number | None,
        opened: dict[int, _Value],
        entered: list[tuple[float, int, bool]],
        stay: float,
    ) -> None:
        """Take a piece into the column that is open, or begin a cell of a later one, or a row."""
        states, steps, to = self.states[edge.to], self.steps, edge.to
        for column, first, more in self._gains(edge):
            score, before, begins = entered[column]
            score += first
            here = opened.get(column)
            if here and here[0] - stay + more >= score:
                score, before, begins = here[0] - stay + more, here[1], False
            old = states.get((column, number))
            if old is None or old[0] < score:
                steps.append((before, edge, column, begins))
                self.states[to][column, number] = score, len(steps) - 1

    def _gains(self, edge: Edge) -> list[tuple[int, float, float]]:
        """For each column but that of numbers what a piece earns as the first of a cell, and as more of one."""
        key = edge.types, edge.size, edge.earns
        known = self.gains.get(key)
        if known is None:
            known = self.gains[key] = [
                self._gain(edge, column) for column in range(len(self.kinds)) if column not in self.numbers
            ]
        return known

    def _gain(self, edge: Edge, column: int) -> tuple[int, float, float]:
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

    def _trusted(self, edge: Edge, number: Number | None, opened: dict[int, _Value], ended: _Value) -> None:
        column = edge.column or 0
        if column and column - 1 not in opened:
            return
        score, before = opened[column - 1] if column else ended
        kind = self.kinds[column]
        now = edge.number if kind == "number" and edge.number else number
        earned = best_fit(kind, edge.types, edge.size) if edge.size else 0.0
        if kind == "number":
            earned = max(-1.0, next_number(number, edge.number)) if edge.number else 0.0
        self._put(edge.to, (column, now), score + max(earned, -2.0), (before, edge, column, column == 0))

    def rows(self, last: int) -> list[AlignedRow]:
        """The rows on the way to a step."""
        taken: list[_Step] = []
        while last > 0:
            taken.append(self.steps[last])
            last = self.steps[last][0]
        rows: list[AlignedRow] = []
        for _, edge, column, begins in reversed(taken):
            if edge is None:
                continue
            if edge.types is HEADING and column == _BETWEEN:
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
