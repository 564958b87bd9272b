"""Blocks: what every reader gives, and how blocks become one text with tables and pages.

A document is a sequence of paragraphs and tables.  `compose` writes it as text:

1. A paragraph becomes a line.
2. Each row of a table becomes a line, with tabs between its cells; a line break inside a cell stays.  The words of a merged
   cell stand once, at its first position; every position that it covers has its `Span`.
3. A table with one filled cell a row, or one that contains other tables, only arranges the page: its cells become
   paragraphs.
4. Blanks at line ends and control characters are removed; everything else stays.

>>> head, row = [Cell("序号"), Cell("任务")], [Cell("1"), Cell("清理文件")]
>>> made = compose([Paragraph("分工表"), Grid([head, row])])
>>> made.text, made.tables[0].rows[1]
('分工表\\n序号\\t任务\\n1\\t清理文件\\n', ((10, 11), (12, 16)))

Left to others: the meaning of columns (`loaders.duties.table_cells`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.errors import UnreadableSource
from graph.model import Span, Table
from loaders.tables.header import column_kind

MAX_CHARACTERS = 8 * 2**20
"""Of text taken from one file: as much as the largest plain text has in Chinese."""

MAX_CELLS = 500_000
"""Of all tables of one file, every place of a merged cell counted."""

# not tab and line feed; no XML has them, old PDFs do
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_AT_LINE_END = re.compile(r"[ \t\xa0\u3000]+(?=\n|$)")
_HEAD = 5  # rows in which a table names its columns
_IN_CELL = re.compile(r"\s*\n\s*")


PAGE = "\f"
"""In the text of a `Paragraph`: here a page begins."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(eq=False, slots=True)
class Cell:
    """One cell. A merged cell is the same object at every position that it covers."""

    text: str = ""
    blocks: "list[Block]" = field(default_factory=list)  # set where a cell holds more than words
    _words: str | None = None

    def words(self) -> str:
        """The words of the cell, one line for each paragraph and row inside it; computed once, after reading."""
        if self._words is None:
            words = "\n".join(_plain(self.blocks)) if self.blocks else self.text
            self._words = _IN_CELL.sub("\n", clean(words.replace("\t", " "))).strip(" \n\xa0\u3000")
        return self._words


@dataclass(eq=False, slots=True)
class Grid:
    """A table. ``numbers`` are the row numbers of the file (if empty: 1, 2 …), ``name`` is the name of the sheet.

    ``turns`` are the rows before which a page begins.
    """

    rows: Sequence[Sequence[Cell]]
    name: str | None = None
    numbers: Sequence[int] = ()
    turns: Sequence[int] = ()


Block: TypeAlias = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a file, its tables, and where its pages begin."""

    text: str
    tables: tuple[Table, ...]
    pages: tuple[int, ...]


def compose(blocks: Iterable[Block]) -> Composed:
    """The text of ``blocks``. Raises UnreadableSource beyond `MAX_CHARACTERS` or `MAX_CELLS`."""
    writer = _Writer()
    writer.blocks(blocks)
    return Composed("".join(writer.pieces), tuple(writer.tables), tuple(writer.pages))


def clean(words: str) -> str:
    """``words`` without control characters and blanks at line ends; every line break becomes a line feed."""
    return _AT_LINE_END.sub("", _CONTROL.sub("", _LINE_ENDS.sub("\n", words)))


def too_much(what: str, limit: str) -> UnreadableSource:
    """The refusal of a file that exceeds a limit."""
    return UnreadableSource(f"the file holds {what}; expected at most {limit} in one plan. Give the plan alone.")


class _Writer:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.tables: list[Table] = []
        self.pages: list[int] = []
        self._at = 0
        self._cells = 0

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block.text)
            elif _arranges(block):
                for cell in dict.fromkeys(cell for row in block.rows for cell in row):
                    self.blocks(cell.blocks or [Paragraph(cell.text)])
            else:
                self._table(block)

    def _paragraph(self, text: str) -> None:
        before, *pages = text.split(PAGE)
        before = clean(before).lstrip("\n")
        self._write(before if pages else before.rstrip("\n"))
        for words in pages:
            self.pages.append(self._at)
            self._write(clean(words).strip("\n"))
        if text.strip():
            self._write("\n")

    def _write(self, words: str) -> None:
        if words:
            self.pieces.append(words)
            self._at += len(words)
            if self._at > MAX_CHARACTERS:
                raise too_much(f"more than {MAX_CHARACTERS:,} characters", f"{MAX_CHARACTERS:,}")

    def _table(self, grid: Grid) -> None:
        placed: dict[Cell, Span] = {}
        rows: list[tuple[Span, ...]] = []
        for at, row in enumerate(grid.rows):
            self.pages += [self._at] * list(grid.turns).count(at)
            self._cells += len(row)
            if self._cells > MAX_CELLS:
                raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
            spans: list[Span] = []
            firsts = {cell: n for n, cell in reversed(list(enumerate(row))) if cell not in placed}
            filled = max((n for cell, n in firsts.items() if cell.words()), default=-1)
            for n, cell in enumerate(row):
                if n and n <= filled:
                    self._write("\t")
                if cell not in placed:
                    words = cell.words()
                    placed[cell] = self._at, self._at + len(words)
                    self._write(words)
                spans.append(placed[cell])
            self._write("\n" if filled >= 0 else "")
            rows.append(tuple(spans))
        if rows:
            numbers = tuple(grid.numbers) or tuple(range(1, len(rows) + 1))
            self.tables.append(Table(grid.name or f"表{len(self.tables) + 1}", numbers, tuple(rows)))


def _plain(blocks: Iterable[Block]) -> Iterable[str]:
    """The words of the blocks inside a cell, one line each."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Grid):
            for row in block.rows:
                yield "　".join(filter(None, (cell.words() for cell in dict.fromkeys(row))))


def _arranges(grid: Grid) -> bool:
    """Whether a table only arranges the page: it has one column, or its cells contain tables and no row names columns."""
    if all(sum(1 for cell in set(row) if cell.words()) <= 1 for row in grid.rows):
        return True
    nested = any(isinstance(b, Grid) and len(b.rows) > 1 for row in grid.rows for cell in row for b in cell.blocks)
    return nested and not any(map(_names_columns, grid.rows[:_HEAD]))


def _names_columns(row: Sequence[Cell]) -> bool:
    """Whether a row is the head of a table of tasks; cells that hold tables name none."""
    plain = (cell for cell in dict.fromkeys(row) if not any(isinstance(block, Grid) for block in cell.blocks))
    return len({column_kind(re.sub(r"\s+", "", cell.words())) for cell in plain} - {None}) > 1
