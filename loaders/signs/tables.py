"""Signs of tables: the names of columns together, one of them a column of units.

The names may stand in cells, one on each line, or one right after another, as in a table that lost what parts its cells:

>>> text = "序号工作任务责任单位时间进度1清理文件。市民政局2017年底2公开清单。市财政局持续"
>>> [text[slice(*sign.at)] for sign in table_signs(text, [(6, 10, "responsible")], [])]
['序号工作任务责任单位时间进度']

Left to others: reading a table (`loaders.tables`, `loaders.duties`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from graph.model import Span
from loaders.lexicon.marks import line_around
from loaders.lexicon.scan import Token
from loaders.lexicon.vocabulary import any_of
from loaders.signs.body_names import TAKEN, names_of, pieces_of
from loaders.signs.sign import Sign
from loaders.tables.header import column_kind, edges_of_headings, known_headings
from loaders.tables.heads import RULE

_LEAST_COLUMNS = 3
_LONGEST = 10
_BLANK = TAKEN + " \t\n|│┃｜*"
_MARK = re.compile(r"[\t|│┃｜]| {2,}")
_LINE = re.compile(r"[^\n]+")
_NO_NAME = re.compile(r"[\d。；;：:，,]")
_BLANKS = re.compile(f"[{_BLANK}]+")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_LEAST_SHARE = 0.4
_LONGEST_CELL = 80
_LONGEST_ROW = 4000
_ROWS_ABOVE = 200  # in which the head of a cell is looked for
# a heading, no row of the table: not 一、党的建设⇥1⇥…
_HEADING = re.compile(
    r"\n[ \t]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节])(?![^\n]*[\t|│])|\n[ \t]*#+ "
)


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str]]:
    """The names of columns of two signs at least, and an expression for those of units among them."""
    known = known_headings()
    names = frozenset(word for word in known if 2 <= len(word) <= _LONGEST)
    units = ("lead", "responsible", "cooperating", "supervising")
    of_units = (word for word in names if known[word].split("+")[0] in units and len(word) > 2)
    return names, re.compile(any_of(of_units))


def table_signs(text: str, labels: Sequence[Token], signs: Sequence[Sign]) -> list[Sign]:
    """The heads of tables around labels that are no ``signs`` of their own; the reach of each goes to the next head or heading."""
    known = {sign.at[0] for sign in signs if text[sign.at[1] : sign.at[1] + 1] in ("：", ":")}
    heads: list[Span] = []
    for start, end, role in labels:
        if role == "leader" or start in known or (heads and start < heads[-1][1]):
            continue
        first, before = _back(text, start)
        last, behind = _forward(text, end)
        if before + behind + 1 < _LEAST_COLUMNS and before + behind:
            first, last = _row_of_heads(text, first, last)
        elif before + behind + 1 < _LEAST_COLUMNS:
            continue
        if heads and first < last and _is_one_head(text, heads[-1], first):
            heads[-1] = min(first, heads[-1][0]), max(last, heads[-1][1])  # further columns of the same head
        elif first < last and _has_unit(text[first:last]):
            heads.append((first, last))
    signs = []
    for n, (start, end) in enumerate(heads):
        limit = heads[n + 1][0] if n + 1 < len(heads) else len(text)
        heading = _HEADING.search(text, end, limit)
        signs.append(Sign("table", "unit", (start, end), (start, heading.start() if heading else limit)))
    return signs


def is_unit_column(name: str) -> bool:
    """Whether a column of this name holds the bodies that bear."""
    return column_kind(name) in ("lead", "responsible", "cooperating", "supervising", "unit")


def _has_unit(words: str) -> bool:
    return _words()[1].search(words) is not None


def _is_one_head(text: str, before: Span, first: int) -> bool:
    """Whether the names of columns from ``first`` on belong to the head ``before`` them: names that are not known stand between
    the two, on lines of their own one at most, and no row."""
    between = text[before[1] : first]
    names = _BLANKS.sub(" ", between).split()
    if _NO_NAME.search(between) or any(len(name) > _LONGEST for name in names):
        return False
    return len(names) < 2 or "\n" not in between


def _row_of_heads(text: str, first: int, last: int) -> Span:
    """The line around two names of columns, where its cells are parted by signs and are three at least."""
    start, end = _line(text, first)[0], _line(text, last)[1]
    if end - start > _LONGEST_ROW:
        return 0, 0
    cells = [cell for cell in _MARK.split(text[start:end]) if cell.strip()]
    short = len(cells) >= _LEAST_COLUMNS and all(len(cell.strip()) <= _LONGEST + 4 for cell in cells)
    return (start, end) if short else (0, 0)


def column_cells(text: str) -> Iterator[Sign]:
    """The cells of columns in which bodies stand in two of five rows: the other rows of such a column name bodies as well."""
    for mark in "\t|│┃｜":
        if text.count(mark) < _LEAST_COLUMNS:
            continue
        block: list[list[Span]] = []
        for line in _LINE.finditer(text):
            row = _cells(text, line.span(), mark)
            if len(row) < 2 or (block and abs(len(row) - len(block[-1])) > 2):
                yield from _of_bodies(text, block)
                block = []
            if len(row) > 1 and not RULE.fullmatch(line[0]):
                block.append(row)
        yield from _of_bodies(text, block)


def head_of(text: str, cell: Span) -> tuple[str, list[str]] | None:
    """The name of the column in which ``cell`` stands, ``""`` for a cell of the head itself, and the names of all columns.

    The head is the first row above with as many cells that names a column, or stands above a ruled line.
    """
    start, end = _line(text, cell[0])
    mark = next((sign for sign in "\t|│┃｜" if sign in text[start:end]), None)
    found = _heads(text, mark).get(start) if mark else None
    if mark is None or found is None:
        return None
    at, row = found
    column = text.count(mark, start, cell[0])
    return ("" if at == start else row[column] if column < len(row) else ""), row


@lru_cache(maxsize=4)
def _heads(text: str, mark: str) -> dict[int, tuple[int, list[str]]]:
    """For each row whose cells ``mark`` parts, by its place: the place of its head, and the cells of that; kept, because
    cell after cell asks for one text."""
    found: dict[int, tuple[int, list[str]]] = {}
    by_size: dict[int, tuple[int, int]] = {}  # of the head of as many cells: which row it is, and its place
    cells: dict[int, list[str]] = {}
    behind, nth = 0, 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        if start == behind and RULE.fullmatch(line[0]):  # between two rows
            behind = end + 1
            continue
        if mark not in line[0] or end - start > _LONGEST_ROW:
            continue
        if start != behind:
            by_size = {}
        behind, nth = end + 1, nth + 1
        row = [part.strip(_BLANK) for part in line[0].split(mark)]
        ruled = end < len(text) and RULE.fullmatch(text[slice(*_line(text, end + 1))])
        if sum(part in known_headings() for part in row) > 1:
            by_size = {0: (nth, start)} if ruled else by_size | {len(row): (nth, start)}
            cells[start] = row
        elif ruled and not by_size:  # below the head a rule stands below each row of a box
            by_size, cells[start] = {0: (nth, start)}, row
        head = max((by_size[size] for size in (0, len(row)) if size in by_size), default=None)
        if head and nth - head[0] < _ROWS_ABOVE:
            found[start] = head[1], cells[head[1]]
    return found


def _line(text: str, at: int) -> Span:
    """The line around a place, of a longer one a part that is longer than any row."""
    return line_around(text, (at, at), _LONGEST_ROW)


def _cells(text: str, line: Span, mark: str) -> list[Span]:
    cells, at = [], line[0]
    for part in text[slice(*line)].split(mark):
        words = part.strip(_BLANK)
        start = at + (part.find(words) if words else 0)
        cells.append((start, start + len(words)))
        at += len(part) + 1
    return cells


def _of_bodies(text: str, rows: list[list[Span]]) -> Iterator[Sign]:
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] for row in rows[1:] if column < len(row) and row[column][0] < row[column][1]]
        bodies = sum(1 for cell in cells if names_of(text[slice(*cell)]))
        if len(cells) > 1 and bodies >= _LEAST_SHARE * len(cells):
            for start, end in cells:
                if end - start <= _LONGEST_CELL and text[end - 1] not in "，；" and _WORD.search(text, start, end):
                    names = ((start + at, start + at + len(name)) for at, name in pieces_of(text[start:end]))
                    yield Sign("cell", "unit", (start, end), (start, end), tuple(names))


def _back(text: str, at: int) -> tuple[int, int]:
    names, count = _words()[0], 0
    while True:
        end = at
        while end > 0 and text[end - 1] in _BLANK:
            end -= 1
        if text[end - 1 : end] not in edges_of_headings()[1]:
            return at, count
        size = next((n for n in range(min(_LONGEST, end), 1, -1) if text[end - n : end] in names), 0)
        if not size:
            return at, count
        at, count = end - size, count + 1


def _forward(text: str, at: int) -> tuple[int, int]:
    names, count = _words()[0], 0
    while True:
        start = at
        while start < len(text) and text[start] in _BLANK:
            start += 1
        if text[start : start + 1] not in edges_of_headings()[0]:
            return at, count
        size = next((n for n in range(min(_LONGEST, len(text) - start), 1, -1) if text[start : start + n] in names), 0)
        if not size:
            return at, count
        at, count = start + size, count + 1
