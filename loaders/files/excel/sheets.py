"""The cells of one sheet on their way to a table: what is shown, what is hidden, what is merged.

A reader of Excel files fills `SheetCells`; `sheet_grid` makes the table of it: empty rows and columns are left out, a merged
cell stands at every position that it covers.

Example: the cells ``1 · 清理文件 · 市司法局`` of row 4 become the row number 4 of the `Grid`.

Left to others: the files (`loaders.files.excel.xlsx`, `loaders.files.excel.sheets_2003`).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TypeAlias

from loaders.files.blocks import MAX_CELLS, Cell, Grid, too_much
from loaders.files.excel.formulas import column_letters
from loaders.files.omissions import Omissions

_WIDE = 200  # a sheet with more columns keeps only those that hold something

Sparse: TypeAlias = dict[int, dict[int, str]]


@dataclass(slots=True)
class SheetCells:
    """One sheet: its cells as shown, those of hidden rows and columns, merged ranges, and formulas without a value."""

    place: str
    filled: Sparse = field(default_factory=dict)
    hidden: Sparse = field(default_factory=dict)
    columns: set[int] = field(default_factory=set)  # that are hidden
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)

    def words(self, row: int, column: int) -> str:
        """The words of a cell, shown or not."""
        return self.filled.get(row, {}).get(column, "") or self.hidden.get(row, {}).get(column, "")

    def cell(self, row: int, column: int) -> str:
        """A cell as a person names it."""
        return f"{self.place}{column_letters(column)}{row}"

    def add(self, at: int, row: dict[int, str], hidden: bool, left: Omissions) -> None:
        """Add a row that is not empty; a hidden one is told."""
        if hidden:
            self.hidden[at] = row
            left.add("hidden-row", f"{self.place}第{at}行", " ".join(row.values()))
        elif self.columns and not self.columns.isdisjoint(row):
            self.hidden[at] = {n: words for n, words in row.items() if n in self.columns}
            self.filled[at] = {n: words for n, words in row.items() if n not in self.columns}
        else:
            self.filled[at] = row

    def tell_whole(self, left: Omissions) -> None:
        """Tell of a sheet that is not shown, unless it is empty."""
        rows = sorted(self.filled)
        if rows:
            left.add("hidden-sheet", self.place, " ".join(" ".join(self.filled[n].values()) for n in rows[:5]))

    def tell_columns(self, left: Omissions) -> None:
        """Tell of the columns that are not shown and hold something."""
        for column in sorted(self.columns) if self.hidden else ():
            cells = [row[column] for at, row in self.hidden.items() if at in self.filled and column in row]
            if cells:
                left.add("hidden-column", f"{self.place}{column_letters(column)}列", " ".join(cells[:20]))


def sheet_grid(sheet: SheetCells) -> Grid:
    """The rows that are not empty, with merged cells at every position."""
    filled = {at: row for at, row in sheet.filled.items() if row}
    numbers = sorted(filled)
    used = sorted({column for row in filled.values() for column in row})
    wide = used if used and used[-1] >= _WIDE else range(used[-1] + 1 if used else 0)
    columns = [column for column in wide if column not in sheet.columns]
    if len(numbers) * len(columns) > MAX_CELLS:
        raise too_much(f"a sheet of {len(numbers):,} rows and {len(columns)} columns", f"{MAX_CELLS:,} cells")
    rows = [[Cell(filled[number].get(column, "")) for column in columns] for number in numbers]
    left = MAX_CELLS
    for first, last, left_most, right_most in sheet.merges:
        words = sheet.words(first, left_most)
        if not words:
            continue
        cell = Cell(words)
        across = range(bisect_left(columns, left_most), bisect_right(columns, right_most))
        for n in range(bisect_left(numbers, first), bisect_right(numbers, last)):
            rows[n][across.start : across.stop] = [cell] * len(across)
            left -= len(across)
        if left < 0:
            raise too_much("too many merged cells", f"{MAX_CELLS:,} cells")
    return Grid(rows, sheet.place, numbers)
