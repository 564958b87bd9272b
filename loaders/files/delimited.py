"""Tables as text with a sign between cells: CSV as Excel writes it, with commas, semicolons or tabs.

1. A text is such a table if one of its first records names at least two kinds of columns (任务, 牵头单位 …) and nearly all records
   below have as many cells.  Prose with commas, or with a table in it, has not.
2. Quoted cells may hold the sign and line breaks.

>>> grid = delimited("序号,任务,牵头单位\\n1,\\"编制,修订制度\\",市司法局\\n")
>>> [cell.text for cell in grid.rows[1]]
['1', '编制,修订制度', '市司法局']

Left to others: the meaning of the columns (`loaders.duties.table_cells`).
"""

import csv
import io

from loaders.files.blocks import MAX_CELLS, Cell, Grid, too_much
from loaders.tables.header import column_kind, words_of

_SIGNS = ",\t;"
_REACH = 4000  # characters in which the head stands
_HEAD = 6  # records in which it stands
_ALIKE = 0.9  # of the records below have the cells of the head
_LONGEST = 30  # characters of a column's name


def delimited(text: str) -> Grid | None:
    """The table that a text is; None if it is none. Raises UnreadableSource beyond `MAX_CELLS`."""
    begin = text[:_REACH]
    for sign in _SIGNS:
        if sign in begin and (head := _head(begin, sign)) is not None:
            rows = _rows(text, sign)
            below = [len(row) for row in rows[head:] if any(map(str.strip, row))]
            if len(below) > 1 and sum(size == below[0] for size in below) >= _ALIKE * len(below):
                wide = max(map(len, rows))
                filled = (row + [""] * (wide - len(row)) for row in rows if any(map(str.strip, row)))
                return Grid([[Cell(words.strip()) for words in row] for row in filled])
    return None


def _head(begin: str, sign: str) -> int | None:
    """The number of the record that names the columns."""
    for number, row in enumerate(_rows(begin, sign)[:_HEAD]):
        if len(row) > 1 and max(map(len, row)) <= _LONGEST:
            kinds = {column_kind(words_of(words, (0, len(words)))) for words in row} - {None}
            if len(kinds) > 1:
                return number
    return None


def _rows(text: str, sign: str) -> list[list[str]]:
    rows: list[list[str]] = []
    widest = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append(row)
            widest = max(widest, len(row))
            if widest * len(rows) > MAX_CELLS:
                raise too_much(f"a table with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
    except csv.Error:  # a cell longer than any, a line end that is none
        return []
    return rows
