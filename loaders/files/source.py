"""The input of the parser: the text of a file, its origin, and what the text alone cannot hold.

The text of a text file is its decoded bytes without one leading BOM; nothing else is changed (``\\r\\n`` stays). The text of
another format is what its reader has composed.  Every place in a plan counts code points of this text.  ``tables`` and
``pages`` say where a place stands for a person who looks at the file: `Source.where`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.model import Span, Table
from loaders.tables.header import column_kind, row_words

UNREAD = "unread-part"
RECOGNISED = "recognised-text"


class Note(NamedTuple):
    """A note of a reader about a file: the code of the warning it becomes, the sentence and, of a part that was left out,
    its place in the file and its words.
    """

    code: str
    message: str
    place: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One text to parse. ``name`` is the name of the file as the caller gave it.

    ``undecodable`` are the places of U+FFFD for bytes that the encoding could not read (at most 0.5 % of them, else the
    file is refused); ``pages`` are where the pages of a PDF begin; ``notes`` say which parts of the file were not read
    (`loaders.files.omissions`), or were recognised from an image.
    """

    text: str
    name: str | None = None
    file_sha256: str | None = None
    encoding: str | None = None
    undecodable: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()

    def where(self, span: Span) -> str | None:
        """The page and the cell of a place, as a person counts them in the file; None if it has neither.

        >>> table = Table("表1", (1, 2), (((0, 2), (3, 7)), ((8, 9), (10, 14))))
        >>> Source("任务\\t责任单位\\n甲\\t市司法局\\n", tables=(table,), pages=(0,)).where((10, 14))
        '第1页，表1第2行「责任单位」列'
        """
        page = bisect_right(self.pages, span[0])
        words = [f"第{page}页"] if page else []
        words += filter(None, (_cell(self.text, table, span) for table in self.tables))
        return "，".join(words) or None


def _cell(text: str, table: Table, span: Span) -> str | None:
    """``表1第4行「责任单位」列``; the first row and column of a merged cell."""
    for at, row in enumerate(table.rows):
        for column, (start, end) in enumerate(row):
            if start <= span[0] and span[1] <= end and start < end:
                return f"{table.name}第{table.numbers[at]}行{_column(text, table, at, column)}"
    return None


def _column(text: str, table: Table, at: int, column: int) -> str:
    """The column, named by the nearest heading above it; by its number if no heading is known."""
    for row in reversed(table.rows[: at + 1]):
        names = row_words(text, row)
        if column < len(row) and len({name for name in names if column_kind(name)}) > 1 and column_kind(names[column]):
            return f"「{names[column]}」列"
    return f"第{column + 1}列"


def table_rows(rows: Sequence[Sequence[Sequence[int]]]) -> tuple[tuple[Span, ...], ...]:
    """The rows of a table as they come from JSON."""
    return tuple(tuple((cell[0], cell[1]) for cell in row) for row in rows)
