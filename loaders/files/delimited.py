"""Tables as text with a sign between cells: CSV as Excel writes it, with commas, semicolons or tabs.

1. A text is such a table if one of its first records names at least two kinds of columns (任务, 牵头单位 …) and nearly all records
   below have as many cells.  Prose with commas, or with a table in it, has not.
2. It is one, too, without such a head, if a program has saved it: all records have as many cells, the last of some is empty
   (a title above a table), or they have one cell, and each that holds a comma is quoted.
3. A first line ``sep=;`` names the sign.
4. Quoted cells may hold the sign and line breaks.

>>> grid = delimited("序号,任务,牵头单位\\n1,\\"编制,修订制度\\",市司法局\\n")
>>> [cell.text for cell in grid.rows[1]]
['1', '编制,修订制度', '市司法局']

Left to others: the meaning of the columns (`loaders.duties.table_cells`).
"""

import csv
import io
import re
from collections.abc import Iterable

from loaders.files.blocks import MAX_CELLS, Cell, Grid, too_much
from loaders.tables.header import column_kind, words_of

_SIGNS = ",\t;"
_NAMED = re.compile(r"(?i:sep)=(?P<sign>[^\w\s]|\t)\r?\n")  # the line by which a file tells Excel its sign
_REACH = 4000  # characters in which the head stands
_HEAD = 6  # records in which it stands
_ALIKE = 0.9  # of the records below have the cells of the head
_LONGEST = 30  # characters of a column's name
_MARKS_OF_PROGRAMS = ('\n"', ",\n", ",\r")  # what such a text without a head has
_LEAST = 2  # records that show it


def delimited(text: str) -> Grid | None:
    """The table that a text is; None if it is none. Raises UnreadableSource beyond `MAX_CELLS`."""
    named = _NAMED.match(text)
    signs, text = (named["sign"], text[named.end() :]) if named else (_SIGNS, text)
    begin = text[:_REACH]
    for sign in signs:
        if sign in begin and (head := _head(begin, sign)) is not None:
            rows = _rows(text, sign)
            below = [len(row) for row in rows[head:] if any(map(str.strip, row))]
            if len(below) > 1 and sum(size == below[0] for size in below) >= _ALIKE * len(below):
                wide = max(map(len, rows))
                return _grid(row + [""] * (wide - len(row)) for row in rows)
    return _grid(_rows(text, signs)) if named else _saved(text)


def _grid(rows: Iterable[list[str]]) -> Grid:
    return Grid([[Cell(words.strip()) for words in row] for row in rows if any(map(str.strip, row))])


def _saved(text: str) -> Grid | None:
    """The table that a program has saved, whatever stands in its columns."""
    if not any(mark in text for mark in _MARKS_OF_PROGRAMS):
        return None
    rows = [row for row in _rows(text, ",", strict=True) if row]
    sizes = set(map(len, rows))
    if sizes == {1}:
        quoted = sum(1 for (words,) in rows if any(sign in words for sign in ',"\n'))
        return _grid(rows) if quoted >= _LEAST else None
    return _grid(rows) if len(sizes) == 1 and len(rows) > _LEAST and any(not row[-1] for row in rows) else None


def _head(begin: str, sign: str) -> int | None:
    """The number of the record that names the columns."""
    for number, row in enumerate(_rows(begin, sign)[:_HEAD]):
        if len(row) > 1 and max(map(len, row)) <= _LONGEST:
            kinds = {column_kind(words_of(words, (0, len(words)))) for words in row} - {None}
            if len(kinds) > 1:
                return number
    return None


def _rows(text: str, sign: str, *, strict: bool = False) -> list[list[str]]:
    rows: list[list[str]] = []
    widest = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=strict):
            rows.append(row)
            widest = max(widest, len(row))
            if widest * len(rows) > MAX_CELLS:
                raise too_much(f"a table with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
    except csv.Error:  # a cell longer than any, a line end that is none
        return []
    return rows
