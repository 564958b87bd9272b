"""Text tables: tables in plain text, their cells parted by signs, line ends or blanks.

1. A head names its columns (`loaders.tables.heads`); the table reaches to the next head, at most.
2. The pieces below it (`loaders.tables.lattices`) are aligned to its columns (`loaders.tables.align`).
3. The confidence of the alignment decides: below the bar there is no table, and what the text says is told by the account of
   its signs.
4. A column that a row leaves out before its first cell has the cell of the row above: it was merged.

>>> text = "序号\\n任务\\n责任单位\\n1\\n清理\\n市司法局\\n2\\n公开\\n市财政局\\n"
>>> [[text[slice(*cell)] for cell in row] for row in text_tables(text, scan(text))[0].table.rows][1:]
[['1', '清理', '市司法局'], ['2', '公开', '市财政局']]

Left to others: the meaning of the cells (`loaders.duties.table_cells`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.model import Span, Table
from loaders.lexicon.roles import MARK_OF_LEAD
from loaders.lexicon.scan import Tokens, scan
from loaders.tables.align import AlignedRow, Edge, align
from loaders.tables.header import TypedTable, words_of
from loaders.tables.heads import TableHead, find_heads
from loaders.tables.lattices import lattice_of
from loaders.tables.prices import KINDS, NEXT_NUMBER, next_number
from loaders.tables.run_together import run_together

__all__ = ["scan", "text_tables"]

_HEADLESS = ("number", "task", "responsible", "deadline")
_LEAST_LEADS, _LEAST_LINE = 3, 150
MARK_OF_LEAD_AT_END = re.compile(rf"(?:{MARK_OF_LEAD.pattern})$", re.VERBOSE)
# a heading in a line of its own: above a head it opens another table
_SECTION = re.compile(
    r"""
    [ ]* (?: [一二三四五六七八九十]{1,3}、 | [（(] [一二三四五六七八九十]{1,3} [）)] | 第 [一二三四五六七八九十]{1,3} [章节部] )
    [^\n\t|│]+ $                                                # 二、经济方面（牵头单位：县发改局） ; not a row: 二、|经济方面
    """,
    re.VERBOSE,
)
_LONGEST_SECTION = 100
_JOINS = frozenset(("mark", "joined", "text"))
_PLAIN = frozenset(("text", "group", "any"))
BAR = 0.75
# what a cell of each kind counts in the confidence, and the types that explain it
_WEIGHTS = {"units": 2.0, "number": 1.5, "time": 1.0}
_EXPLAINED = {
    "units": frozenset(("bodies", "maybe", "list", "nothing", "body", "joined", "weak-body", "mark")),
    "number": frozenset(("number", "numeral")),
    "time": frozenset(("time", "weak-time", "time-and-more", "nothing")),
}
_SIGNS_TELL = 0.35  # of the confidence, where signs part the cells
_LEAST_ROWS = 2  # where no sign parts the cells
_LEFT_OUT = 0.5  # of the weight of a cell that a row has not
_LEAST_SHARE = 0.6  # of the rows that show a column of units


def text_tables(text: str, tokens: Tokens) -> list[TypedTable]:
    """The tables of a text, in text order."""
    found: list[TypedTable] = []
    heads = _first_of_each(text, find_heads(text, tokens.labels)) or _headless(text, tokens)
    for head, following in pairwise([*heads, None]):
        if head is None:
            continue
        rows = _rows(text, head, _line_of_section(text, following.span[0]) if following else len(text))
        sure = confidence(head.kinds, rows, 1 if head.layout == "signs" else _LEAST_ROWS)
        if (_SIGNS_TELL + (1 - _SIGNS_TELL) * sure if head.layout == "signs" else sure) >= BAR:
            made = _table(head, rows)
            table = Table(f"表{len(found) + 1}", tuple(range(1, len(made) + 1)), made)
            cuts = frozenset(_cuts(text, head, rows)) if head.layout == "glued" else frozenset[int]()
            unsure = tuple(_unsure(head, rows)) if head.layout == "signs" else ()
            found.append(TypedTable(table, _HEADLESS if head.span == (0, 0) else (), cuts, unsure))
    return found


def _headless(text: str, tokens: Tokens) -> list[TableHead]:
    """A table whose head is lost: told only where it is run together and three leads are marked in it."""
    if text.count("\n") * _LEAST_LINE > len(text):
        return []
    if any(text[end : end + 1] in (":", "：") for _, end, _ in tokens.labels):
        return []
    if sum(MARK_OF_LEAD.match(text, at) is not None for at, _, _ in tokens.brackets) < _LEAST_LEADS:
        return []
    return [TableHead((0, 0), "glued", "", ((0, 0),) * len(_HEADLESS), tuple(KINDS[kind] for kind in _HEADLESS))]


def _rows(text: str, head: TableHead, end: int) -> list[AlignedRow]:
    if head.layout == "glued":
        kinds, columns = _parted(head.kinds)
        rows = align(run_together(text, head, end), kinds)
        for row in rows:
            row.cells = {columns[n]: cell for n, cell in row.cells.items()}
            row.pieces = {columns[n]: pieces for n, pieces in row.pieces.items()}
    else:
        rows = align(lattice_of(text, head, end), head.kinds)
    return [row for row in rows if row.cells or row.heading]


def _unsure(head: TableHead, rows: Sequence[AlignedRow]) -> Iterator[Span]:
    """The rows that name bodies and have pieces of which no sign tells the column."""
    for row in rows:
        bodies = any(head.kinds[column] == "units" for column in row.cells)
        if bodies and any(piece.column is None for pieces in row.pieces.values() for piece in pieces):
            yield min(row.cells.values())[0], max(end for _, end in row.cells.values())


def _cuts(text: str, head: TableHead, rows: Sequence[AlignedRow]) -> Iterator[int]:
    """Where one name ends and the next one begins, in columns of units."""
    for row in rows:
        for column, pieces in row.pieces.items():
            if head.kinds[column] == "units":
                for a, b in pairwise(pieces):
                    if not (a.types | b.types) & _JOINS or MARK_OF_LEAD_AT_END.search(text, *a.span):
                        yield a.span[1]


def _parted(kinds: Sequence[str]) -> tuple[tuple[str, ...], list[int]]:
    """The columns that can be told apart where nothing parts them, and which of all they are: of text columns side by side
    the first."""
    told = [n for n, kind in enumerate(kinds) if not (n and kind in _PLAIN and kinds[n - 1] in _PLAIN)]
    return tuple("text" if kinds[n] in _PLAIN else kinds[n] for n in told), told


def _line_of_section(text: str, at: int) -> int:
    """Where the heading begins that stands in the line above a head; where that begins, if none does: 二、经济方面⏎序号 …"""
    end = at
    while end > 0 and text[end - 1] in " \t\n":
        end -= 1
    start = text.rfind("\n", max(0, end - _LONGEST_SECTION), end) + 1
    return start if _SECTION.match(text, start, end) else at


def _first_of_each(text: str, heads: Sequence[TableHead]) -> list[TableHead]:
    """The heads without those that a page repeats."""
    kept: list[TableHead] = []
    for head in heads:
        names = [words_of(text, cell) for cell in head.cells]
        again = bool(kept) and kept[-1].layout == head.layout
        again = again and [words_of(text, cell) for cell in kept[-1].cells] == names
        if again and _line_of_section(text, head.span[0]) == head.span[0]:
            continue
        kept.append(head)
    return kept


def confidence(kinds: Sequence[str], rows: Sequence[AlignedRow], least: int = 1) -> float:
    """How sure it is that rows are read right, 0 to 1: the share of typed cells that their type explains, less where the
    numbers do not run on, or where a column of units is empty."""
    filled = [row for row in rows if row.cells]
    if len(filled) < least:
        return 0.0
    good = whole = 0.0
    for column, kind in enumerate(kinds):
        weight = _WEIGHTS.get(kind, 0.0)
        for row in filled if weight else ():
            whole += weight
            pieces = row.pieces.get(column)
            good += weight * (_explained(kind, pieces) if pieces else _LEFT_OUT)
    sure = good / whole if whole else 0.0
    numbers = [row.number for row in filled if row.number]
    if "number" in kinds and len(numbers) > 1:
        steps = sum(next_number(a, b) >= NEXT_NUMBER for a, b in pairwise(numbers)) / (len(numbers) - 1)
        sure = 0.8 * sure + 0.2 * steps
    shown = min(
        (
            sum(column in row.cells for row in filled) / len(filled)
            for column, kind in enumerate(kinds)
            if kind == "units"
        ),
        default=1.0,
    )
    return sure if shown >= _LEAST_SHARE else sure * (0.6 + 0.6 * shown)


def _explained(kind: str, pieces: Sequence[Edge]) -> float:
    size = sum(max(1, piece.size) for piece in pieces)
    return sum(max(1, piece.size) for piece in pieces if piece.types & _EXPLAINED[kind]) / size


def _table(head: TableHead, rows: Sequence[AlignedRow]) -> tuple[tuple[Span, ...], ...]:
    """The cells of the head and of each row; an empty cell stands where the one before it ends."""
    made = [head.cells] if head.span[1] else []
    above: dict[int, Span] = {}
    for row in rows:
        if row.heading:
            made.append((row.heading, *[(row.heading[1], row.heading[1])] * (len(head.cells) - 1)))
            above = {}
            continue
        first = min(row.cells)
        cells: list[Span] = []
        for column in range(len(head.cells)):
            at = cells[-1][1] if cells else row.cells[first][0]
            merged = above.get(column) if column < first else None
            cells.append(row.cells.get(column) or merged or (at, at))
        above = {**above, **row.cells} if first else dict(row.cells)
        made.append(tuple(cells))
    return tuple(made)
