"""Assignments: every clause of a running text that gives somebody a duty or sets its time.

A construct is a kind of place where plans assign: labels, brackets, sentences, leaders of groups, rows of a table that lost its
cells, lists told body by body.  Each is read in one walk, in the order of `CONSTRUCTS`: a stretch that one took is closed
to those below it.  What a construct takes is told by its rules (`loaders.duties.table`, docs/rules.md).

>>> from loaders.duties.reading import read
>>> text = "1.清理文件。（市司法局牵头，市财政局配合）\\n完成时限：2018年底前。"
>>> [(c.rule.name, text[slice(*c.content)]) for c in assignments(read(text))]
[('narrative-parenthesis', '市司法局牵头，市财政局配合'), ('label-line', '2018年底前')]

Left to others: tables with cells (`loaders.duties.table_cells`), which nodes become items (`loaders.items.choose`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from loaders.duties import body_lists, brackets, closing_sentences, glued_table, group_leaders, labels
from loaders.duties.clause import Clause
from loaders.duties.reading import Reading, Taken
from loaders.rule import Rule


class Construct(NamedTuple):
    """One walk over a reading, and the rules by which it takes clauses, in the order in which they are tried."""

    read: Callable[[Reading, Taken], Iterable[Clause]]
    rules: tuple[Rule, ...]


# what may also stand inside a cell of a table
WITHIN_CELL = (
    Construct(lambda reading, taken: labels.clauses(reading), labels.RULES),
    Construct(brackets.clauses, brackets.RULES),
    Construct(closing_sentences.clauses, closing_sentences.RULES),
)
CONSTRUCTS = (
    *WITHIN_CELL,
    Construct(group_leaders.clauses, group_leaders.RULES),
    Construct(lambda reading, taken: [c for row in reading.rows for c in row.clauses], glued_table.RULES),
    Construct(body_lists.clauses, body_lists.RULES),
)


def assignments(reading: Reading, constructs: Sequence[Construct] = CONSTRUCTS) -> list[Clause]:
    """Every clause in text order."""
    taken = Taken()
    for construct in constructs:
        taken.add(construct.read(reading, taken))
    return sorted(taken.clauses, key=lambda clause: clause.span)
