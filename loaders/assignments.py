"""Assignments: every clause of a text that gives somebody a duty or sets its time, by whichever way of assigning found it.

| way | rule of its clauses |
|---|---|
| labels on lines and in brackets (`clauses`) | ``label-line`` ``label-in-parenthesis`` |
| brackets and sentences that say only who does what, or when (`narrative`) | ``narrative-parenthesis`` ``narrative-sentence`` ``time-parenthesis`` |
| leaders of working groups (`leaders`) | ``group-leader`` |
| a table that lost its cells (`flat_table`) | ``flat-table`` |
| lists told body by body (`unit_first`), only where nothing else assigns | ``unit-first`` |

Left to others: which nodes become items (`sections`).
"""

from loaders.clause import Clause
from loaders.clauses import clauses
from loaders.flat_table import Row
from loaders.leaders import leaders
from loaders.outline import Node
from loaders.tokens import Tokens
from loaders.unit_first import unit_first


def assignments(text: str, tokens: Tokens, nodes: list[Node], rows: list[Row]) -> list[Clause]:
    """Every clause in text order; ``rows`` are those of a flat table, ``nodes`` the whole outline."""
    found = clauses(text, tokens, [node.start for node in nodes])
    found += leaders(text, nodes)
    for row in rows:
        found += row.clauses
    begin = nodes[0].start if nodes else 0  # what stands before the first number is told of the page, not of a task
    if all(clause.role == "deadline" or clause.span[0] < begin for clause in found):
        found += unit_first(text, nodes)
    return sorted(found, key=lambda clause: clause.span)
