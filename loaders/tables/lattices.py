"""The pieces of a table below its head, for each layout whose cells have borders: signs, line ends, blanks.

A layout is only a rule about which breaks may end a cell.  A piece is a cell, or a line of one; a name that a line end broke
is a piece over both lines.  A line with as many cells as the head is trusted as it stands.

Left to others: tables that are run together (`loaders.tables.run_together`), the search (`loaders.tables.align`).
"""

import re
from collections.abc import Callable

from graph.model import Span
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.places import LEVEL
from loaders.tables.align import FREE, HEADING, REPEATED, Edge, Lattice
from loaders.tables.header import words_of
from loaders.tables.heads import RULE, STROKES, TableHead, blank_cells, cells_of, rows_of, trimmed
from loaders.tables.piece_types import number_of, of_bodies, types_of

_PAGE = re.compile(
    r"""
    [—\-－] \s* \d+ \s* [—\-－]                               # — 1 —
  | 第 \s* \d+ \s* 页 (?: [，,]? \s* 共 \s* \d+ \s* 页 )?
  | \d+ \s* / \s* \d+                                        # 2/5
  | [^\n\t]{0,40} (?: [（(] 续表? [）)] | 续表 )                 # 任务分工表（续表）
    """,
    re.VERBOSE,
)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部])[^\n\t：:。；]{2,40}"
)
_LONGEST_BROKEN = 40  # characters of a name over two lines
_MOST_FREE_LINES = 3  # without a sign, one after another, in the midst of a table whose cells signs part
_SPACED_OUT = 0.7  # of the lines are empty: an empty line is no empty cell


def lattice_of(text: str, head: TableHead, end: int) -> Lattice:
    """The lattice of what stands between a head and ``end``."""
    made = _Made()
    _LAYOUTS[head.layout](text, head, (head.span[1], end), made)
    return made.lattice


class _Made:
    """A lattice while it is made: a place is added with each piece."""

    def __init__(self) -> None:
        self.lattice = Lattice([[]], ["row"])

    def add(self, text: str, span: Span, kind_of_break: str, *, column: int | None = None) -> None:
        words = text[slice(*span)]
        plain = "".join(words.split()) if "\n" in words or " " in words else words
        edge = Edge(self.here + 1, span, types_of(plain), len(plain), number_of(plain), column)
        self._add(edge, kind_of_break)

    def add_other(self, span: Span, types: frozenset[str], kind_of_break: str) -> None:
        """Add what is no cell: a heading, the head again, the number of a page."""
        self._add(Edge(self.here + 1, span, types, 0), kind_of_break)

    def add_from(self, back: int, edge: Edge) -> None:
        """Add a piece that begins ``back`` places before the last one and ends with it."""
        self.lattice.edges[self.here - back].append(edge._replace(to=self.here))

    def or_heading(self, span: Span) -> None:
        """Let the last piece be a heading as well."""
        self.add_from(1, Edge(self.here, span, HEADING, 0))

    @property
    def here(self) -> int:
        return len(self.lattice.edges) - 1

    def _add(self, edge: Edge, kind_of_break: str) -> None:
        self.lattice.breaks[-1] = kind_of_break
        self.lattice.edges[-1].append(edge)
        self.lattice.edges.append([])
        self.lattice.breaks.append("row")


def _by_signs(text: str, head: TableHead, span: Span, made: _Made) -> None:
    rest: list[Span] = []  # lines without a sign: of a cell that goes on, if a line with one follows
    names = [words_of(text, cell) for cell in head.cells]
    for line in rows_of(text, span, head.mark):
        if RULE.fullmatch(text, *line) or line[0] == line[1]:
            continue
        cells = cells_of(text, line, head.mark)
        if len(cells) < 2 and not (head.mark == "|" and any(sign in STROKES for sign in text[slice(*line)])):
            rest.append(line)
            if len(rest) > _MOST_FREE_LINES * (4 if head.mark == "\t" else 0):
                return
            continue
        for each in rest:
            made.add(text, trimmed(text, *each), "row")
        rest = []
        if [words_of(text, cell) for cell in cells] == names:
            made.add_other((line[0], line[1]), REPEATED, "row")
            continue
        exact = len(cells) == len(head.cells)
        for n, cell in enumerate(cells):
            made.add(text, cell, "sign" if n else "row", column=n if exact else None)
        filled = [cell for cell in cells if cell[0] < cell[1]]
        if not exact and len(filled) == 1 and (len(cells) == 1 or _HEADING.fullmatch(text, *filled[0])):
            made.or_heading(filled[0])


def _by_lines(text: str, head: TableHead, span: Span, made: _Made) -> None:
    lines = [_without_stroke(text, line) for line in rows_of(text, span, head.mark)][1:]
    empty = sum(line[0] >= line[1] for line in lines)
    spaced_out = empty > _SPACED_OUT * (len(lines) - empty)
    names = [
        "".join(line.split()) for line in text[slice(*head.span)].split("\n") if line.strip()
    ]  # with those over others
    at = 0
    while at < len(lines):
        line = lines[at]
        if line[0] >= line[1]:
            if not spaced_out and made.here:
                made.add(text, line, "line")
                made.add_from(1, Edge(0, line, FREE, 0))
            at += 1
            continue
        if words_of(text, line) == names[0] and (behind := _head_again(text, lines, at, names)):
            made.add_other((line[0], lines[behind - 1][1]), REPEATED, "line")
            at = behind
            continue
        if _PAGE.fullmatch(text, *line):
            made.add_other(line, FREE, "line")
        else:
            made.add(text, line, "line")
            if _HEADING.fullmatch(text, *line):
                made.or_heading(line)
            _broken_name(text, lines, at, made)
        at += 1


def _head_again(text: str, lines: list[Span], at: int, names: list[str]) -> int:
    """Behind which line the names of the head end that stand again from line ``at`` on; 0 if they do not."""
    for name in names:
        while at < len(lines) and lines[at][0] >= lines[at][1]:
            at += 1
        if at == len(lines) or words_of(text, lines[at]) != name:
            return 0
        at += 1
    return at


def _without_stroke(text: str, line: Span) -> Span:
    """A cell on a line of its own, without the stroke that may close it."""
    start, end = trimmed(text, *line)
    return trimmed(text, start, end - 1) if start < end and text[end - 1] in STROKES else (start, end)


def _broken_name(text: str, lines: list[Span], at: int, made: _Made) -> None:
    """Add the piece of two lines that a name goes over: 市规划自然 | 资源局."""
    if not at or lines[at - 1][0] >= lines[at - 1][1] or lines[at][1] - lines[at - 1][0] > _LONGEST_BROKEN * 4:
        return
    above, below = text[slice(*lines[at - 1])], text[slice(*lines[at])]
    last, first = re.split("[、，,]", above)[-1], re.split("[、，,]", below)[0]
    if not last or not first or is_certain_body(last) or not is_certain_body(last + first):
        return
    if LEVEL.match(first) or not LEVEL.match(last):  # 得1分 | 县河长办 is no name
        return
    if len(last + first) <= _LONGEST_BROKEN and of_bodies(above + below):
        joined = lines[at - 1][0], lines[at][1]
        made.add_from(2, Edge(0, joined, types_of(above + below), joined[1] - joined[0], earns=1.0))


def _by_blanks(text: str, head: TableHead, span: Span, made: _Made) -> None:
    rest = text.find("\n", *span)
    anywhere = bool(text[span[0] : span[1] if rest < 0 else rest].strip())  # rows stand in the line of the head
    for line in rows_of(text, span, head.mark):
        start, end = trimmed(text, *line)
        if start >= end or _PAGE.fullmatch(text, start, end):
            continue
        for n, cell in enumerate(blank_cells(text, (start, end), head.mark)):
            made.add(text, cell, "gap-anywhere" if anywhere else "gap" if n else "gap-row")
            if _HEADING.fullmatch(text, *cell) and (anywhere or cell == (start, end)):
                made.or_heading(cell)


_LAYOUTS: dict[str, Callable[[str, TableHead, Span, _Made], None]] = {
    "signs": _by_signs,
    "lines": _by_lines,
    "blanks": _by_blanks,
}
