"""The pieces of a table below its head, for each layout whose cells have borders: signs, line ends, blanks.

A layout is only a rule about which breaks may end a cell.  A piece is a cell, or a line of one; a name that a line end broke
is a piece over both lines.  A line with as many cells as the head is trusted as it stands.

Left to others: tables that are run together (`loaders.tables.run_together`), the search (`loaders.tables.align`).
"""

import re
from collections.abc import Callable, Sequence

from graph.model import Span
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.marks import behind_last, end_of_line
from loaders.lexicon.places import LEVEL, place_at_start
from loaders.tables.align import FREE, HEADING, REPEATED, Edge, Lattice
from loaders.tables.header import column_kind, row_words, words_of
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
_BODIES, _BODIES_OR_WORDS = frozenset(("bodies",)), frozenset(("bodies", "text"))
_LONGEST_PLACE, _LEAST_OF_PLACE = 8, 3  # characters of a place; pieces that begin with it
_LONGEST_BROKEN = 40  # characters of a name over two lines
_MOST_FREE_LINES = 3  # without a sign, one after another, in the midst of a table whose cells signs part
_MOST_LINES = 12  # of a row whose cells hold line ends
_GOES_ON = ("、", "，", ",")
_LIST_MARK = re.compile(f"[{''.join(_GOES_ON)}]")
_SPACED_OUT = 0.7  # of the lines are empty: an empty line is no empty cell


def lattice_of(text: str, head: TableHead, end: int) -> Lattice:
    """The lattice of what stands between a head and ``end``."""
    made = _Made()
    _LAYOUTS[head.layout](text, head, (head.span[1], end), made)
    _make_sure(text, made.lattice)
    return made.lattice


def _make_sure(text: str, lattice: Lattice) -> None:
    """Let bodies of a place that several pieces begin with be nothing else: 青川县财政局, but not 建设乡镇卫生院."""
    found: dict[str | None, list[tuple[list[Edge], int]]] = {}
    for edges in lattice.edges:
        for n, edge in enumerate(edges):
            if edge.types == _BODIES_OR_WORDS:
                place = place_at_start(text[edge.span[0] : edge.span[0] + _LONGEST_PLACE])
                found.setdefault(place, []).append((edges, n))
    for place, places in found.items():
        for edges, n in places if place and len(places) >= _LEAST_OF_PLACE else ():
            edges[n] = edges[n]._replace(types=_BODIES)


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
    names = row_words(text, head.cells)
    lines = [line for line in rows_of(text, span, head.mark) if line[0] < line[1] and not RULE.fullmatch(text, *line)]
    behind = 0  # the lines that were taken into the row above
    for n, line in enumerate(lines):
        if n < behind:
            continue
        cells = _cells_in(text, line, head)
        if len(cells) < 2 and not (head.mark == "|" and any(sign in STROKES for sign in text[slice(*line)])):
            rest.append(line)
            if len(rest) > _MOST_FREE_LINES * (4 if head.mark == "\t" else 0):
                return
            continue
        for each in rest:
            if _PAGE.fullmatch(text, *trimmed(text, *each)):
                made.add_other(each, FREE, "row")
            else:
                made.add(text, trimmed(text, *each), "row")
        rest = []
        if row_words(text, cells) == names:
            made.add_other((line[0], line[1]), REPEATED, "row")
            continue
        if 1 < len(cells) < len(names) and head.mark == "\t":
            cells, more = _with_broken_cells(text, lines[n : n + _MOST_LINES], cells, head)
            behind = n + more
        exact = len(cells) == len(names)
        for column, cell in enumerate(cells):
            made.add(text, cell, "sign" if column else "row", column=column if exact else None)
        filled = [cell for cell in cells if cell[0] < cell[1]]
        if not exact and len(filled) == 1 and (len(cells) == 1 or _HEADING.fullmatch(text, *filled[0])):
            made.or_heading(filled[0])


def _cells_in(text: str, line: Span, head: TableHead) -> list[Span]:
    """The cells of a line, as many as the head has where its strokes may frame it or part off an empty cell."""
    cells = cells_of(text, line, head.mark)
    if head.mark == "|" and len(cells) < len(head.cells):
        framed = cells_of(text, line, head.mark, closed=False)
        return framed if len(framed) == len(head.cells) else cells
    return cells


def _with_broken_cells(text: str, lines: Sequence[Span], cells: list[Span], head: TableHead) -> tuple[list[Span], int]:
    """The cells of a row whose lines have as many cells as the head when they are put together, and how many lines those are.

    1⇥清理⇥市司法局、⏎市财政局⇥6月底: a line that begins with no number goes on with the last cell of the line before it.
    """
    numbered = head.kinds[0] == "number" and number_of(text[slice(*cells[0])]) is not None
    whole = list(cells)
    for n, line in enumerate(lines[1:], 2):
        more = cells_of(text, line, head.mark)
        first = text[slice(*more[0])]
        goes_on = text[whole[-1][1] - 1 : whole[-1][1]] in _GOES_ON or (numbered and first and number_of(first) is None)
        if not goes_on or len(more) >= len(head.cells):
            break
        whole[-1:] = [(whole[-1][0], more[0][1]), *more[1:]]
        if len(whole) >= len(head.cells):
            return (whole, n) if len(whole) == len(head.cells) else (cells, 1)
    return cells, 1


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
    """Behind which line the names of the head end that stand again from line ``at`` on, maybe with others over them; 0 if they
    do not."""
    missing, seen = set(names), 0
    while at < len(lines) and seen < 2 * len(names):
        words = words_of(text, lines[at])
        if words and words not in names and column_kind(words) is None:
            break
        seen += bool(words)
        missing.discard(words)
        at += 1
        if not missing or (seen >= len(names) and words == names[-1] and names[0] not in missing):
            return at
    return 0


def _without_stroke(text: str, line: Span) -> Span:
    """A cell on a line of its own, without the stroke that may close it."""
    start, end = trimmed(text, *line)
    return trimmed(text, start, end - 1) if start < end and text[end - 1] in STROKES else (start, end)


def _broken_name(text: str, lines: list[Span], at: int, made: _Made) -> None:
    """Add the piece of two lines that a name goes over: 市规划自然 | 资源局."""
    if not at or lines[at - 1][0] >= lines[at - 1][1] or lines[at][1] - lines[at - 1][0] > _LONGEST_BROKEN * 4:
        return
    above, below = text[slice(*lines[at - 1])], text[slice(*lines[at])]
    last = above[behind_last(above, _GOES_ON, 0, len(above)) :]
    if not LEVEL.match(last) or LEVEL.match(below):  # 得1分 | 县河长办 is no name
        return
    first = _LIST_MARK.split(below, maxsplit=1)[0]
    if not first or is_certain_body(last) or not is_certain_body(last + first):
        return
    if len(last + first) <= _LONGEST_BROKEN and of_bodies(above + below):
        joined = lines[at - 1][0], lines[at][1]
        made.add_from(2, Edge(0, joined, types_of(above + below), joined[1] - joined[0], earns=1.0))


def _by_blanks(text: str, head: TableHead, span: Span, made: _Made) -> None:
    anywhere = bool(text[span[0] : end_of_line(text, *span)].strip())  # rows stand in the line of the head
    first = words_of(text, head.cells[0])
    for line in rows_of(text, span, head.mark):
        start, end = trimmed(text, *line)
        if start >= end or _PAGE.fullmatch(text, start, end):
            continue
        cells = blank_cells(text, (start, end), head.mark)
        if words_of(text, cells[0]) == first and all(column_kind(words_of(text, cell)) for cell in cells):
            made.add_other((start, end), REPEATED, "gap-row")
            continue
        for n, cell in enumerate(cells):
            made.add(text, cell, "gap-anywhere" if anywhere else "gap" if n else "gap-row")
            if _HEADING.fullmatch(text, *cell) and (anywhere or cell == (start, end)):
                made.or_heading(cell)


_LAYOUTS: dict[str, Callable[[str, TableHead, Span, _Made], None]] = {
    "signs": _by_signs,
    "lines": _by_lines,
    "blanks": _by_blanks,
}
