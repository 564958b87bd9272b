"""Text tables: tables in plain text, with separators between cells or one cell on each line.

1. Lines with tabs or vertical strokes (copied from a spreadsheet or a web page): a header that names columns, and the lines
   below it with as many cells.  A line without separators is no row.
2. One cell a line: three or more lines that each name a column, among them the task and its bearers; below them, cells in
   the same order.  If the first column is the row number, a row begins at the next number. Of surplus lines, those with
   bodies belong to the column of bodies, the others to the task.
3. Cells in one line with a blank between them (`spaced_tables`).

>>> text = "序号\\n任务\\n责任单位\\n1\\n清理\\n市司法局\\n2\\n公开\\n市财政局\\n"
>>> [[text[slice(*cell)] for cell in row] for row in text_tables(text, scan(text))[0].rows][1:]
[['1', '清理', '市司法局'], ['2', '公开', '市财政局']]

Left to others: the meaning of the cells (`loaders.duties.table_cells`), tables that have lost their separators
(`loaders.duties.glued_table`).
"""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from graph.model import Span, Table
from loaders.lexicon.scan import Tokens
from loaders.phrases.bearers import only_bearers
from loaders.tables.by_blanks import scan, spaced_tables
from loaders.tables.header import ROLES, column_kind, header, words_of

__all__ = ["scan", "text_tables"]

RULE = re.compile(r"[\s|:\-—－]+")  # a ruled line below a head row: |---|:---:|
_LINE = re.compile(r"[^\n]+")
_FIGURE = re.compile(r"(\d{1,3})[.、．]?")
_LONGEST_HEADING = 14
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_WIDEST = 12
_AROUND = " |\t"
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")


def text_tables(text: str, tokens: Tokens) -> list[Table]:
    """The tables of a text, in text order."""
    found = _by_signs(text, "\t") if text.count("\t") > 2 else []
    found = found or (_by_signs(text, "|") if text.count("|") > 2 else [])
    return found or _by_lines(text) or spaced_tables(text, tokens.labels)


def _by_signs(text: str, sign: str) -> list[Table]:
    """The tables with ``sign`` between their cells, one row a line."""
    lines = [line.span() for line in _LINE.finditer(text)]
    found: list[Table] = []
    for tabbed, group in groupby(lines, key=lambda line: sign in text[slice(*line)]):
        if not tabbed:
            continue
        rows = [_cells(text, line, sign) for line in group if not RULE.fullmatch(text, *line)]
        for n, row in enumerate(rows[:3]):
            same = tuple(r for r in rows[n:] if len(r) == len(row))
            if len(same) >= _LEAST_ROWS and header(text, same, 0):
                found.append(Table(f"表{len(found) + 1}", tuple(range(1, len(same) + 1)), same))
                break
    return found


def _cells(text: str, line: Span, sign: str) -> tuple[Span, ...]:
    words = text[slice(*line)]
    if sign == "|" and words.strip().startswith("|"):  # | 任务 | 责任单位 |: closed at both ends
        line = line[0] + words.index("|") + 1, line[1]
        line = line[0], line[1] - (len(words) - words.rindex("|") if words.rstrip().endswith("|") else 0)
    cells, at = [], line[0]
    while at <= line[1]:
        end = text.find(sign, at, line[1])
        end = line[1] if end < 0 else end
        cells.append(_trimmed(text, at, end))
        at = end + 1
    return tuple(cells)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, max(first, first + len(words.strip()))


def _cell(text: str, start: int, end: int) -> Span:
    """A cell on its own line, without the stroke that may close it."""
    start, end = _trimmed(text, start, end)
    return _trimmed(text, start, end - 1) if text.startswith("|", end - 1) else (start, end)


def _by_lines(text: str) -> list[Table]:
    if not _may_head(text):
        return []
    lines = [_cell(text, *line.span()) for line in _LINE.finditer(text)]
    lines = [line for line in lines if line[0] < line[1]]
    at = 0
    while at < len(lines):
        columns = 0
        while at + columns < len(lines) and columns < _WIDEST and _names_column(text, lines[at + columns]):
            columns += 1
        head = tuple(lines[at : at + columns])
        if columns >= _LEAST_COLUMNS and header(text, [head], 0):
            rows = _rows(text, lines[at + columns :], [column_kind(words_of(text, cell)) for cell in head])
            if len(rows) >= _LEAST_ROWS:
                return [Table("表1", tuple(range(1, len(rows) + 2)), (head, *rows))]
        at += max(1, columns)
    return []


def _may_head(text: str) -> bool:
    """Whether enough lines for a header stand together, each of them the name of a column."""
    together = 0
    for line in text.split("\n"):
        words = line.strip(_AROUND)
        if words:
            named = len(words) <= _LONGEST_HEADING and column_kind("".join(words.split())) is not None
            together = together + 1 if named else 0
            if together == _LEAST_COLUMNS:
                return True
    return False


def _names_column(text: str, line: Span) -> bool:
    return line[1] - line[0] <= _LONGEST_HEADING and column_kind(words_of(text, line)) is not None


def _rows(text: str, lines: list[Span], kinds: Sequence[str | None]) -> list[tuple[Span, ...]]:
    """The rows below a header, one cell a line."""
    columns = len(kinds)
    if kinds[0] != "number":
        whole = len(lines) // columns * columns
        return [tuple(lines[n : n + columns]) for n in range(0, whole, columns)] if whole == len(lines) else []
    starts = _starts(text, lines)
    rows: list[tuple[Span, ...]] = []
    for first, last in pairwise([*starts, min(len(lines), starts[-1] + columns) if starts else 0]):
        cells = lines[first:last]
        # a chapter's heading between two rows belongs to none
        cells = cells[:columns] + [cell for cell in cells[columns:] if not _CHAPTER.match(text, *cell)]
        if len(cells) < columns:
            return []
        if len(cells) > columns:
            cells = _fitted(text, cells, kinds)
        rows.append(tuple(cells))
    return rows


def _starts(text: str, lines: list[Span]) -> list[int]:
    """Where rows begin: at numbers that increase by one, or in an excerpt (3, 68, 69) at numbers that increase."""
    figures = [(n, int(f[1])) for n, line in enumerate(lines) if (f := _FIGURE.fullmatch(text[slice(*line)]))]
    counted: list[tuple[int, int]] = []
    rising: list[tuple[int, int]] = []
    for figure in figures:
        if not counted or figure[1] == counted[-1][1] + 1:
            counted.append(figure)
        if not rising or figure[1] > rising[-1][1]:
            rising.append(figure)
    return [n for n, _ in (counted if len(counted) > 1 else rising)]


def _fitted(text: str, cells: list[Span], kinds: Sequence[str | None]) -> list[Span]:
    """Exactly as many cells as columns: bodies on several lines become one cell, other surplus lines belong to the
    task.
    """
    for n in range(len(kinds) - 1, 1, -1):
        behind = len(kinds) - 1 - n
        at = len(cells) - 1 - behind
        while kinds[n] in ROLES and len(cells) > len(kinds) and only_bearers(text[slice(*cells[at - 1])]):
            cells[at - 1 : at + 1] = [(cells[at - 1][0], cells[at][1])]
            at -= 1
    surplus = len(cells) - len(kinds)
    return [cells[0], (cells[1][0], cells[1 + surplus][1]), *cells[2 + surplus :]]
