"""Columns of a page, found by the gutters between them: each column is read to its end before the next one begins.

1. The pieces of a page are its lines, parted where a gap is wider than a character.
2. A gutter is a stretch of white near the middle that at least `_LEAST` rows leave free.  Both sides must have full lines and
   rows of two pieces; a row that names the columns of a table, or rows of many cells, have no gutter.
3. Where there is no such gutter, several may part three or four columns: of the same width, and most of their lines full, as
   cells of a table never are.
4. A line or table across a gutter ends the columns above it.  What stands alone above the first row of all columns
   stays above them.

Example: ``1.清理 │ 4.建账`` over ``牵头单位：甲 │ 牵头单位：乙`` becomes 1, 甲, 4, 乙.

Left to others: lines (`loaders.files.paged.page_lines`), paragraphs (`loaders.files.paged.layout`).
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from loaders.files.paged.page_lines import Line, Ruled, one_per_height
from loaders.tables.header import column_kind

_LEAST = 4  # rows of two columns
_FULL = 0.8  # of a column's width, that a full line fills
_MIDDLE = 0.25  # of the width of the text, at either side of which no gutter lies
_TWO = 0.7  # of the rows at the gutter, that have two pieces
_MOST = 3  # gutters
_SAME = 0.75  # of the widest of three columns, that each of them has
_MOSTLY = 0.3  # of the lines of each of three columns, that are full
_NEAR = 3.0  # sizes between lines of one column


def in_columns(pieces: Sequence[Line], tables: Sequence[Ruled]) -> list[Line] | None:
    """The lines of a page with columns, each with its place in the reading order; None for a page without.

    ``tables`` are given theirs, too.
    """
    if len(pieces) < 2 * _LEAST:
        return None
    size = median(piece.size for piece in pieces)
    rows = _rows(pieces, size)
    gutter = _gutter(rows, size)
    gutters = _several_gutters(rows, size) if gutter is None else (gutter,)
    return _Reader(gutters, size).lines(rows, tables) if gutters else None


def _rows(pieces: Sequence[Line], size: float) -> list[list[Line]]:
    """The pieces at one height, from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=_middle):
        if rows and _middle(piece) - _middle(rows[-1][0]) < 0.5 * size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _middle(piece: Line) -> float:
    return (piece.top + piece.bottom) / 2


def _gutter(rows: Sequence[Sequence[Line]], size: float) -> float | None:
    """The middle of the gutter."""
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    gaps = [(a.right, b.left) for row in rows for a, b in pairwise(row) if b.left - a.right > 0.8 * size]
    inner = _MIDDLE * (right - left)
    best = _most_covered(gaps, left + inner, right - inner)
    if best is None:
        return None
    parted = [row for row in rows if any(a.right <= best <= b.left for a, b in pairwise(row))]
    if len(parted) < _LEAST or sum(len(row) == 2 for row in parted) < _TWO * len(parted):
        return None
    if any(map(_names_columns, parted)):
        return None
    for side in ([row[0] for row in parted], [row[-1] for row in parted]):
        width = max(piece.right for piece in side) - min(piece.left for piece in side)
        if width < 8 * size or sum(piece.right - piece.left >= _FULL * width for piece in side) < 2:
            return None
    return best


def _names_columns(row: Sequence[Line]) -> bool:
    """Whether a row is the header of a table."""
    return len({column_kind(piece.text.replace(" ", "")) for piece in row} - {None}) > 1


def _several_gutters(rows: Sequence[Sequence[Line]], size: float) -> tuple[float, ...]:
    """The middles of two or three gutters; none where the page has no three or four columns."""
    gaps = [(a.right, b.left) for row in rows for a, b in pairwise(row) if b.left - a.right > 0.8 * size]
    found: list[float] = []
    while len(found) < _MOST and len(gaps) >= _LEAST:
        best = _most_covered(gaps, float("-inf"), float("inf"))
        if best is None or sum(a <= best <= b for a, b in gaps) < _LEAST:
            break
        found.append(best)
        gaps = [(a, b) for a, b in gaps if not a <= best <= b]
    gutters = tuple(sorted(found))
    parted = [row for row in rows if _parts(row, gutters) == list(range(len(gutters) + 1))]
    if len(gutters) < 2 or len(parted) < _LEAST or any(map(_names_columns, parted)):
        return ()
    columns = [[row[n] for row in parted] for n in range(len(gutters) + 1)]
    widths = [max(piece.right for piece in column) - min(piece.left for piece in column) for column in columns]
    if min(widths) < max(8 * size, _SAME * max(widths)):
        return ()
    full = (
        sum(piece.right - piece.left >= _FULL * width for piece in column)
        for column, width in zip(columns, widths, strict=True)
    )
    return gutters if all(count >= _MOSTLY * len(parted) for count in full) else ()


def _parts(row: Sequence[Line], gutters: Sequence[float]) -> list[int]:
    """The columns in which the pieces of a row stand; [] where one stands across a gutter."""
    if any(piece.left < gutter < piece.right for piece in row for gutter in gutters):
        return []
    return [sum(gutter <= piece.left for gutter in gutters) for piece in row]


def _most_covered(gaps: Sequence[tuple[float, float]], first: float, last: float) -> float | None:
    """The middle of the stretch that lies in most gaps."""
    edges = sorted([(a, 1) for a, _ in gaps] + [(b, -1) for _, b in gaps])
    count = most = 0
    best = None
    for (at, step), (following, _) in pairwise(edges):
        count += step
        middle = (at + following) / 2
        if count > most and first <= middle <= last:
            most, best = count, middle
    return best


class _Reader:
    """Gives each line its column: an order that only grows, and its side (0 the whole width, else 1, 2 … from the left)."""

    def __init__(self, gutters: Sequence[float], size: float) -> None:
        self._gutters, self._size = gutters, size
        self._order = 0
        self._sides: list[list[Line]] = [[] for _ in (*gutters, 0)]
        self._tables: list[list[Ruled]] = [[] for _ in (*gutters, 0)]
        self._made: list[Line] = []

    def lines(self, rows: Sequence[Sequence[Line]], tables: Sequence[Ruled]) -> list[Line]:
        """All lines in reading order."""
        every = set(range(1, len(self._sides) + 1))
        whole = [n for n, row in enumerate(rows) if {self._side(piece) for piece in row} == every]
        last = self._last(rows, whole[-1])
        waiting = sorted(tables, key=lambda table: table.top)
        for n, row in enumerate(rows):
            while waiting and waiting[0].top < row[0].top:
                self._table(waiting.pop(0))
            if whole[0] <= n <= last and all(self._side(piece) for piece in row):
                for piece in row:
                    self._sides[self._side(piece) - 1].append(piece)
            else:
                self._flush()
                self._made += (line._replace(column=self._order) for line in one_per_height(list(row)))
        for table in waiting:
            self._table(table)
        self._flush()
        return self._made

    def _side(self, part: Line | Ruled) -> int:
        if any(part.left < gutter < part.right for gutter in self._gutters):
            return 0
        return 1 + sum(gutter <= part.left for gutter in self._gutters)

    def _last(self, rows: Sequence[Sequence[Line]], at: int) -> int:
        """The last row of the columns: one of them may go on alone."""
        while at + 1 < len(rows) and rows[at + 1][0].top - rows[at][0].bottom < _NEAR * self._size:
            sides = {self._side(piece) for piece in rows[at + 1]}
            if 0 in sides:
                break
            at += 1
        return at

    def _table(self, table: Ruled) -> None:
        side = self._side(table)
        if side and any(self._sides):
            self._tables[side - 1].append(table)
            return
        self._flush()
        table.column = self._order

    def _flush(self) -> None:
        """End the columns, from the left to the right."""
        if not any(self._sides):
            return
        for side in range(1, len(self._sides) + 1):
            self._order += 1
            lines = one_per_height(self._sides[side - 1])
            self._made += (line._replace(column=self._order, side=side) for line in lines)
            for table in self._tables[side - 1]:
                table.column = self._order
        self._order += 1
        self._sides, self._tables = [[] for _ in self._sides], [[] for _ in self._tables]
