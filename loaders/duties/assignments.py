"""Assignments: every clause of a text that gives somebody a duty or sets its time, by whichever way of assigning found it.

| way | rule of its clauses |
|---|---|
| labels on lines and in brackets (`clauses`) | ``label-line`` ``label-in-parenthesis`` |
| brackets that say only who does what, or when (`loaders.duties.brackets`) | ``narrative-parenthesis`` ``time-parenthesis`` |
| sentences that say only who does what (`loaders.duties.closing_sentences`) | ``narrative-sentence`` |
| leaders of working groups (`leaders`) | ``group-leader`` |
| a table that lost its cells (`loaders.duties.glued_table`) | ``flat-table`` |
| lists told body by body (`unit_first`), only where nothing else assigns | ``unit-first`` |

Left to others: which nodes become items (`loaders.items.choose`).
"""

from loaders.duties.body_lists import unit_first
from loaders.duties.clause import Clause
from loaders.duties.glued_table import Row
from loaders.duties.group_leaders import leaders
from loaders.duties.labels import clauses
from loaders.lexicon.scan import Tokens
from loaders.structure.outline import Node


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
