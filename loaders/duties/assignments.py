"""Assignments: every clause of a running text that gives somebody a duty or sets its time.

A construct is a kind of place where plans assign duties: labels, brackets, sentences, leaders of groups, rows of a table that
has lost its cells, lists by body.  The constructs are read one after the other in the order of `CONSTRUCTS`; a stretch that one
construct has taken is closed to later ones.  What a construct takes is described by its rules (`loaders.duties.table`, docs/rules.md).

>>> from loaders.duties.reading import read
>>> text = "1.清理文件。（市司法局牵头，市财政局配合）\\n完成时限：2018年底前。"
>>> [(c.rule.name, text[slice(*c.content)]) for c in assignments(read(text))]
[('narrative-parenthesis', '市司法局牵头，市财政局配合'), ('label-line', '2018年底前')]

Left to others: tables with cells (`loaders.duties.table_cells`), which nodes become items (`loaders.items.choose`).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from graph.model import Span
from loaders.duties import (
    body_lists,
    brackets,
    clause_rows,
    closing_sentences,
    dashes,
    group_leaders,
    headings,
    labels,
    opening_sentences,
)
from loaders.duties.clause import Clause
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.marks import ROW_MARKS, lines_with
from loaders.lexicon.vocabulary import any_of
from loaders.rule import Rule


class Construct(NamedTuple):
    """One pass over a reading, and the rules that describe what it takes; in which order it tries them, it says itself.

    ``needs`` tells whether a reading holds what all of them hang on: without that the pass would take nothing.
    """

    read: Callable[[Reading, Taken], Iterable[Clause]]
    rules: tuple[Rule, ...]
    needs: Callable[[Reading], object]


# what may also stand inside a cell of a table
WITHIN_CELL = (
    Construct(
        lambda reading, taken: labels.clauses(reading),
        labels.RULES,
        lambda reading: (
            reading.tokens.labels
            or reading.tokens.bare
            or reading.tokens.roles
            or reading.tokens.doings
            or any(colon in reading.text for colon in ":：")
        ),
    ),
    Construct(brackets.clauses, brackets.RULES, lambda reading: reading.tokens.brackets),
    Construct(
        dashes.rows_with_marks,
        dashes.RULES_OF_MARKS,
        lambda reading: reading.tokens.brackets or reading.tokens.roles or reading.tokens.doings,
    ),
    Construct(
        closing_sentences.clauses,
        closing_sentences.RULES,
        lambda reading: reading.tokens.roles or reading.tokens.doings or any(sign in reading.text for sign in "由为"),
    ),
    Construct(
        opening_sentences.clauses,
        opening_sentences.RULES,
        lambda reading: reading.tokens.roles or reading.tokens.doings,
    ),
    Construct(
        dashes.clauses,
        dashes.RULES,
        lambda reading: any(mark in reading.text for mark in ROW_MARKS),
    ),
)
CONSTRUCTS = (
    *WITHIN_CELL,
    Construct(headings.clauses, headings.RULES, lambda reading: reading.tokens.roles or reading.tokens.doings),
    Construct(group_leaders.clauses, group_leaders.RULES, lambda reading: group_leaders.CALLED in reading.text),
    Construct(body_lists.clauses, body_lists.RULES, lambda reading: True),
    Construct(
        clause_rows.clauses,
        clause_rows.RULES,
        lambda reading: (
            reading.tokens.roles
            or reading.tokens.doings
            or any(word in reading.text for word in ("由", clause_rows.MEETING))
        ),
    ),
)


# 抄送：市委办公室，市政协办。: who gets a paper bears nothing by it
_SENT = ("主送", "抄送", "抄报", "抄告", "分送", "发送", "呈送", "呈报", "印送")
DISTRIBUTED = re.compile(
    rf"[ \t]*(?:{any_of(_SENT)})(?:单位|机关|部门|范围)?[ \t]*[:：][^\n]*(?:(?<=[，,、])\n[^\n]*)*"
)


def assignments(reading: Reading, constructs: Sequence[Construct] = CONSTRUCTS) -> list[Clause]:
    """Every clause in text order."""
    taken = Taken()
    constructs = [construct for construct in constructs if construct.needs(reading)]
    if not constructs:
        return []
    sent = sorted([*_distributed(reading.text), *reading.progress])
    for construct in constructs:
        taken.add(clause for clause in construct.read(reading, taken) if not (sent and _within(clause.span[0], sent)))
    return sorted(taken.clauses, key=lambda clause: clause.span)


def _distributed(text: str) -> Iterator[Span]:
    """The lines that say who gets the paper, with those on which they go on."""
    end = 0
    for start in lines_with(text, _SENT):
        match = DISTRIBUTED.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match.span()


def _within(at: int, spans: list[Span]) -> bool:
    """Whether a place stands in one of the spans, which are in text order."""
    n = bisect_right(spans, (at, at))
    return any(first <= at < last for first, last in spans[max(0, n - 1) : n + 1])
