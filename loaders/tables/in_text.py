"""Text tables: tables in plain text, their cells parted by signs, line ends or blanks.

1. A head names its columns (`loaders.tables.heads`); the table reaches to the next head, at most.
2. The pieces below it (`loaders.tables.lattices`) are aligned to its columns (`loaders.tables.align`).
3. The confidence of the alignment decides (`loaders.tables.confidence`), and how many rows contradict the head
   (`loaders.tables.doubts`): below the bar there is no table, and what was seen is told.
4. A column that a row leaves out before its first cell has the cell of the row above: it was merged.

>>> text = "序号\\n任务\\n责任单位\\n1\\n清理\\n市司法局\\n2\\n公开\\n市财政局\\n"
>>> [[text[slice(*cell)] for cell in row] for row in text_tables(text, scan(text)).read[0].table.rows][1:]
[['1', '清理', '市司法局'], ['2', '公开', '市财政局']]

Left to others: the meaning of the cells (`loaders.duties.table_cells`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from graph.model import Span, Table
from loaders.lexicon.marks import FRAME
from loaders.lexicon.roles import MARK_OF_LEAD
from loaders.lexicon.scan import Tokens, scan
from loaders.tables.align import AlignedRow, align
from loaders.tables.confidence import by_habit, by_role, confidence, is_open, is_told_by_content, is_told_by_signs
from loaders.tables.doubts import Doubts
from loaders.tables.header import TypedTable, bare_kind, column_kind, row_words, words_of
from loaders.tables.heads import STROKES, TableHead, find_heads, is_body_cell
from loaders.tables.lattices import lattice_of
from loaders.tables.prices import KINDS
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
_BEFORE_HEAD = frozenset((" ", "\t", "\n", *STROKES, *FRAME))  # the frame of a head: 二、经济方面⏎| 序号 | …
_MARKS = re.compile(r"[、，,\s]+")
_JOINS = frozenset(("mark", "joined", "text"))
_PLAIN = frozenset(("text", "group", "any"))
BAR = 0.75
_SIGNS_TELL = 0.35  # of the confidence, where signs part the cells
_LEAST_ROWS = 2  # where no sign parts the cells
_MOST_WRONG, _MOST_WRONG_UNPARTED = 0.25, 0.15  # of the rows; where no sign parts cells, one shifts those beside it


class UnreadTable(NamedTuple):
    """What looks like a table and was not read: where it stands, the names of its columns, and how many rows were seen.

    ``is_sure``: it is a table without doubt, whose cells are muddled; what it says is not to be read as running text.
    """

    span: Span
    heads: tuple[Span, ...]
    rows: int
    is_sure: bool


class TextTables(NamedTuple):
    read: list[TypedTable]
    unread: list[UnreadTable]


def text_tables(text: str, tokens: Tokens) -> TextTables:
    """The tables of a text, in text order, and those that were seen and not taken."""
    found = TextTables([], [])
    taken: set[tuple[str, ...]] = set()
    heads = _first_of_each(text, find_heads(text, tokens.labels)) or _headless(text, tokens)
    for head, following in pairwise([*heads, None]):
        if head is None:
            continue
        rows, doubts = _rows(text, head, _line_of_section(text, following.span[0]) if following else len(text))
        by_habit(head.kinds, rows, lambda cell: len(_MARKS.split(text[slice(*cell)].strip())))
        several = by_role(text, head.kinds, _roles(text, head), rows) if head.layout == "lines" else set[int]()
        wrong = doubts.wrong(rows)
        names = row_words(text, head.cells)
        # the last page of a table may have one row
        sure = confidence(head.kinds, rows, 1 if head.layout == "signs" or names in taken else _LEAST_ROWS)
        if _is_sure(head.layout, sure, rows, len(wrong), doubts.left_behind(rows)):
            taken.add(names)
            found.read.append(_typed(text, head, rows, wrong, several, len(found.read) + 1))
        elif _names_many(text, rows):
            end = max(end for row in rows for _, end in row.cells.values())
            found.unread.append(UnreadTable((head.span[0], end), head.cells, len(rows), sure >= BAR))
    return found


def _is_sure(layout: str, sure: float, rows: Sequence[AlignedRow], wrong: int, behind: int) -> bool:
    """Whether rows hold together so well that they are taken; ``wrong``: so many contradict the head, ``behind``: so many were
    left behind the last one."""
    by_signs = layout == "signs"
    whole = behind + sum(len(row.cells) > 1 for row in rows)
    if wrong + behind > (_MOST_WRONG if by_signs else _MOST_WRONG_UNPARTED) * whole:
        return False
    return (_SIGNS_TELL + (1 - _SIGNS_TELL) * sure if by_signs else sure) >= BAR


def _roles(text: str, head: TableHead) -> tuple[str | None, ...]:
    return tuple(bare_kind(column_kind(words_of(text, cell))) for cell in head.cells)


def _typed(
    text: str, head: TableHead, rows: Sequence[AlignedRow], wrong: set[int], several: set[int], number: int
) -> TypedTable:
    """The table of the rows that do not contradict their head; in ``several`` more than one column may have a body."""
    right = [row for n, row in enumerate(rows) if n not in wrong]
    made = _table(head, right)
    table = Table(f"表{number}", tuple(range(1, len(made) + 1)), made)
    cuts = frozenset(_cuts(text, head, right)) if head.layout == "glued" else frozenset[int]()
    # where no sign parts the cells, what a row has too little, one beside it may have too much
    beside = several | {n + by for n in wrong for by in (-1, 1)} if head.layout != "signs" else set[int]()
    unsure = [
        row for n, row in enumerate(rows) if n not in wrong and row.cells and (n in beside or _is_unsure(head, row))
    ]
    return TypedTable(
        table,
        _HEADLESS if head.span == (0, 0) else (),
        cuts,
        tuple(map(_stretch, unsure)),
        tuple(_stretch(rows[n]) for n in sorted(wrong)),
    )


def _stretch(row: AlignedRow) -> Span:
    return min(row.cells.values())[0], max(end for _, end in row.cells.values())


def _names_many(text: str, rows: Sequence[AlignedRow]) -> bool:
    """Whether several cells of rows that were not taken name bodies."""
    return sum(is_body_cell(text[slice(*cell)].strip()) for row in rows for cell in row.cells.values()) > 1


def _headless(text: str, tokens: Tokens) -> list[TableHead]:
    """A table whose head is lost: told only where it is run together and three leads are marked in it."""
    if text.count("\n") * _LEAST_LINE > len(text):
        return []
    if any(text[end : end + 1] in (":", "：") for _, end, _ in tokens.labels):
        return []
    if sum(MARK_OF_LEAD.match(text, at) is not None for at, _, _ in tokens.brackets) < _LEAST_LEADS:
        return []
    return [TableHead((0, 0), "glued", "", ((0, 0),) * len(_HEADLESS), tuple(KINDS[kind] for kind in _HEADLESS))]


def _rows(text: str, head: TableHead, end: int) -> tuple[list[AlignedRow], Doubts]:
    """The rows between a head and ``end``, and what makes them doubtful."""
    if head.layout == "glued":
        kinds, columns = _parted(head.kinds)
        lattice = run_together(text, head, end)
        rows = align(lattice, kinds)
        for row in rows:
            row.cells = {columns[n]: cell for n, cell in row.cells.items()}
            row.pieces = {columns[n]: pieces for n, pieces in row.pieces.items()}
    else:
        lattice = lattice_of(text, head, end)
        rows = align(lattice, head.kinds)
    return [row for row in rows if row.cells or row.heading], Doubts(text, lattice, head.kinds)


def _is_unsure(head: TableHead, row: AlignedRow) -> bool:
    """Whether a row names bodies, and no sign tells in which columns its cells stand."""
    if head.layout == "signs":
        named = any(head.kinds[column] == "units" for column in row.cells)
        return named and not is_told_by_signs(row) and not is_told_by_content(head.kinds, row)
    return is_open(head.kinds, row)


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
    while end > 0 and text[end - 1] in _BEFORE_HEAD:
        end -= 1
    start = text.rfind("\n", max(0, end - _LONGEST_SECTION), end) + 1
    return start if _SECTION.match(text, start, end) else at


def _first_of_each(text: str, heads: Sequence[TableHead]) -> list[TableHead]:
    """The heads without those that a page repeats."""
    kept: list[TableHead] = []
    for head in heads:
        again = bool(kept) and kept[-1].layout == head.layout
        again = again and row_words(text, kept[-1].cells) == row_words(text, head.cells)
        if again and _line_of_section(text, head.span[0]) == head.span[0]:
            continue
        kept.append(head)
    return kept


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
