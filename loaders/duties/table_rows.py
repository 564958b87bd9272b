"""What a table of tasks states: its rows, each with its clauses, and the headings between them.

Left to others: reading it from cells (`loaders.duties.table_cells`), making items of it (`loaders.items.table_items`).
"""

import re
from dataclasses import dataclass

from graph.model import ItemKind, Span
from loaders.duties.clause import Clause
from loaders.lexicon.roles import COOPERATING_WORD
from loaders.phrases.bearers import Bearers

_BY_MARK = ("lead", "supervising")
# 市财政局（配合） · 市财政局配合 ; not 市医疗保障局
_COOPERATES = re.compile(rf"(?:{COOPERATING_WORD})(?:单位|部门)?(?:[)）；;，,。\s]|$)")


@dataclass(slots=True)
class TableRow:
    """One task of a table; its places are offsets in the given text.

    ``part`` is 1… for each of several assignments of one number; their first row has none and stands before them.
    ``label`` is the cell of the number.
    """

    number: int | None
    label: Span
    heading: Span
    body: Span
    clauses: list[Clause]
    start: int
    end: int
    part: int | None = None
    chapter: int | None = None  # the heading it stands under, as a position in `Read.chapters`
    kind: ItemKind | None = None  # where the name of a column tells it: 问题 | 整改措施
    content: Span | None = None  # how it is done, where a task stands before it


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading inside a table: its label as printed ("" if it has none) and the place of its words."""

    label: str
    start: int
    text: int
    end: int


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table states; ``stretch`` reaches from its header to its last row."""

    stretch: Span
    rows: tuple[TableRow, ...]
    chapters: tuple[Chapter, ...]
    untold: tuple[Span, ...] = ()  # the headings of columns that bear without saying so
    # the first words of a column without a heading, and how many of its cells have some
    headless: tuple[tuple[Span, int], ...] = ()


def by_column(bearers: Bearers, words: str) -> Bearers:
    """The bearers in the ``words`` of a table cell: the column gives the role, except for who leads, supervises or cooperates
    by a word of the cell (会同 gives none)."""
    said = (*_BY_MARK, "cooperating") if _COOPERATES.search(words) else _BY_MARK
    return bearers._replace(names=tuple(n if n.role in said else n._replace(role=None) for n in bearers.names))
