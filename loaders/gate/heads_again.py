"""The heads of columns, found from a place in a table: which roles they give what stands below them.

1. In a table of the file, the short cells above a cell in its column, and those before it in its row, that name a role.
2. In a line with tabs or strokes, the cell at the same count of them in the nearest line above that has heads.
3. In a table of running text without either, every head that stands before the place: which column is whose cannot be seen there.

Example: ``任务⇥牵头单位⇥责任单位⏎清理⇥市编办⇥市司法局`` gives 市司法局 ``{"responsible"}``.

Left to others: the words of heads (`loaders.gate.roles_again`).
"""

from bisect import bisect_right
from typing import NamedTuple

from graph.model import Plan, Span, Table
from loaders.gate.roles_again import head_roles_in, names_role_of_column, roles_of_head

_MARKS = "\t|｜│"
_LONGEST_HEAD, _LONGEST_ROW = 24, 200


def _without_blanks(words: str) -> str:
    """The words of a cell as they are read: a head is often spread over its cell (牵 头 部 门)."""
    return "".join(words.split())


class _HeadLine(NamedTuple):
    start: int
    mark: str
    cells: tuple[str, ...]


class Heads:
    """The tables of one plan; each is looked through once, when a fact stands in it."""

    def __init__(self, plan: Plan) -> None:
        self._text, self._tables = plan.text, plan.tables
        self._cells: list[tuple[int, int, Table, int, int]] | None = None
        self._lines: list[_HeadLine] | None = None
        self._heads: list[tuple[int, str]] | None = None
        self._known: dict[int, frozenset[str]] = {}

    def roles(self, place: int) -> frozenset[str]:
        """The roles that the head over a cell gives; empty if none is found."""
        if place not in self._known:
            self._known[place] = self._of_cell(place) or self._of_line(place)
        return self._known[place]

    def row(self, place: int) -> str:
        """The words of the row in which a place stands: in a table of running text, what stands before it in its stretch."""
        found = self._cell(place)
        if found is None:
            return self._text[max(0, place - _LONGEST_ROW) : place]
        table, row, _ = found
        return " ".join(self._text[slice(*cell)] for cell in table.rows[row])

    def rows_hold(self, item: Span, place: Span) -> bool:
        """Whether a cell that holds ``place`` belongs to a row that begins in ``item``: a merged cell stands in several rows."""
        return any(
            any(cell[0] <= place[0] and place[1] <= cell[1] for cell in row)
            and any(item[0] <= cell[0] < item[1] for cell in row if cell[0] < cell[1])
            for table in self._tables
            for row in table.rows
        )

    def _cell(self, place: int) -> tuple[Table, int, int] | None:
        if self._cells is None:
            made: dict[int, tuple[int, int, Table, int, int]] = {}
            for table in self._tables:
                for r, row in enumerate(table.rows):
                    for c, (start, end) in enumerate(row):
                        if start < end:
                            made.setdefault(start, (start, end, table, r, c))
            self._cells = [made[start] for start in sorted(made)]
        at = bisect_right(self._cells, place, key=lambda cell: cell[0]) - 1
        if at < 0 or place >= self._cells[at][1]:
            return None
        return self._cells[at][2:]

    def _of_cell(self, place: int) -> frozenset[str]:
        found = self._cell(place)
        if found is None:
            return frozenset()
        table, row, column = found
        above = (
            _without_blanks(self._text[slice(*cells[column])])
            for cells in reversed(table.rows[:row])
            if column < len(cells)
        )
        nearest = next(filter(names_role_of_column, above), None)
        if nearest is None:
            top = [_without_blanks(self._text[slice(*cell)]) for cell in table.rows[0]]
            if not any(map(names_role_of_column, top)):  # it goes on from the table before it
                return frozenset()
            nearest = top[column]
        labels = (_without_blanks(self._text[slice(*cell)]) for cell in table.rows[row][:column])
        return roles_of_head(nearest).union(*map(roles_of_head, filter(names_role_of_column, labels)))

    def _of_line(self, place: int) -> frozenset[str]:
        begin = self._text.rfind("\n", 0, place) + 1
        line = self._text[begin:place]
        mark = next((sign for sign in _MARKS if sign in line), None)
        if mark is None:
            return frozenset()
        lines = self._head_lines()
        whole = self._text[begin : self._text.find("\n", place)]
        for at in range(bisect_right(lines, begin - 1, key=lambda head: head.start) - 1, -1, -1):
            if lines[at].mark == mark:
                cells, count = lines[at].cells, line.count(mark)
                if len(cells) != whole.count(mark) + 1 or not cells[count]:
                    break  # a row that lost a sign, or a cell under none
                return roles_of_head(cells[count])
        return frozenset()

    def _head_lines(self) -> list[_HeadLine]:
        if self._lines is None:
            self._lines, at, goes_on = [], 0, False
            for line in self._text.split("\n"):
                mark = next((sign for sign in _MARKS if sign in line), None)
                cells = tuple(map(_without_blanks, line.split(mark))) if mark else ()
                is_line = any(map(names_role_of_column, cells)) and not any(
                    len(c) > _LONGEST_HEAD or c.isdigit() for c in cells
                )
                if is_line and goes_on and len(self._lines[-1].cells) == len(cells):  # 牵头 over 单位
                    joined = tuple(map("".join, zip(self._lines[-1].cells, cells, strict=True)))
                    self._lines[-1] = self._lines[-1]._replace(cells=joined)
                elif is_line:
                    self._lines.append(_HeadLine(at, mark or "", cells))
                at, goes_on = at + len(line) + 1, is_line
        return self._lines

    def before(self, place: int) -> frozenset[str]:
        """The roles of all heads that stand before a place of running text."""
        if self._heads is None:
            self._heads = list(head_roles_in(self._text))
        return frozenset(role for start, role in self._heads if start < place)
