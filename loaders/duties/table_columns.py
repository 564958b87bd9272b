"""The columns of a table of tasks, as its header names them, and what is known of their cells.

A header is one or two rows (`loaders.tables.header`).  Beside the kind of each column it tells: which cells name persons with the
bodies, which say what went wrong (问题), which are headed by a word of role alone (验收), which bear though the heading does not
say so, and which have no heading.

>>> rows = (((0, 2), (3, 5), (6, 10)), ((11, 12), (13, 17), (18, 22)))
>>> columns, depth = columns_at("序号\\t任务\\t责任单位\\n1\\t清理文件\\t市司法局\\n", rows, 0)
>>> columns.kinds, depth
(('number', 'task', 'responsible'), 1)

Left to others: the rows below (`loaders.duties.table_cells`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.model import Span
from loaders.lexicon.roles import ROLE_OF_WORD
from loaders.tables.header import ROLE_WORD, ROLES, bare_kind, column_kind, header, known_headings, row_words, words_of

_LOOSE = ROLE_OF_WORD.keys() - known_headings().keys()
_PROBLEM = re.compile("问题|隐患|不足|短板")


@dataclass(frozen=True, slots=True)
class Columns:
    """The kind of each column; the words of each row of the header; columns, by their numbers, that ask for more care."""

    kinds: tuple[str | None, ...]
    heads: frozenset[tuple[str, ...]] = frozenset()
    persons: frozenset[int] = frozenset()  # cells name persons with the bodies
    problems: frozenset[int] = frozenset()  # cells name what went wrong: 问题, 隐患
    loose: frozenset[int] = frozenset()  # headed by a word of role alone: 验收, 落实
    blank: frozenset[int] = frozenset()  # without a heading
    untold: tuple[Span, ...] = ()  # headings of columns that bear by their cells alone

    def behind(self, before: "Columns") -> "Columns":
        """These columns below a header that is not the first one of its table."""
        return replace(self, heads=self.heads | before.heads, untold=(*before.untold, *self.untold))

    def names(self, text: str, row: Sequence[Span]) -> bool:
        """Whether a row is the header again."""
        return row_words(text, row) in self.heads


def columns_at(text: str, rows: Sequence[Sequence[Span]], at: int) -> tuple[Columns, int] | None:
    """The columns and the number of header rows, if the rows from ``at`` on are a header."""
    told = header(text, rows, at)
    if told is None:
        return None
    named, depth = told
    kinds = tuple(map(bare_kind, named))
    heads = rows[at : at + depth]
    lowest = row_words(text, heads[-1])
    columns = Columns(
        kinds,
        heads=frozenset(row_words(text, row) for row in heads),
        persons=frozenset(column for column, kind in enumerate(named) if kind != kinds[column]),
        problems=frozenset(
            column for column, words in enumerate(lowest) if kinds[column] == "task" and _PROBLEM.search(words)
        ),
        loose=frozenset(column for column, words in enumerate(lowest) if words in _LOOSE),
        blank=frozenset(_blank(text, heads, kinds)),
        untold=tuple(_untold(text, heads[0], kinds)),
    )
    return columns, depth


def _untold(text: str, row: Sequence[Span], kinds: Sequence[str | None]) -> Iterator[Span]:
    """The headings of a row that name no bearers, over columns of which the cells do."""
    for span, kind in zip(row, kinds, strict=True):
        words = words_of(text, span)
        if kind in ROLES and column_kind(words) in (None, "group", "task", "content") and not ROLE_WORD.search(words):
            yield span


def _blank(text: str, heads: Sequence[Sequence[Span]], kinds: Sequence[str | None]) -> Iterator[int]:
    """The columns that no row of the header names."""
    for column, kind in enumerate(kinds):
        if kind is None and not any(words_of(text, row[column]) for row in heads):
            yield column
