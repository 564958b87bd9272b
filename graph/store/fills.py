"""What a migration gives nodes that an earlier release wrote, where it needs more than a statement: values made in Python.

Order of steps, after the statements of the migration and before it is recorded: take some nodes that lack the values, make
them, write them in one transaction; until none is left.  A run that was cut off goes on where it stopped.

Example: ``V005__search`` gives every node that can be searched its ``search_text`` and ``search_terms``; ``V006__pages`` gives
the facts of units and instruments their ``page``, plan by plan.

Left to others: nodes that a load writes (`loaders.storing.rows`).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graph.names import PAGE_SIGN
from graph.schema import NODES
from graph.search_text import SEARCHED, search_properties
from graph.store.shapes import of_node

Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
"""Runs a statement of the catalogue in a transaction of its own."""

_AT_ONCE, _TEXTS = 1000, 50  # nodes of one transaction; a source text may be long
_PLANS = 20  # of one transaction, each with some hundred facts


def _fill_search(run: Run) -> None:
    for label in (node.label for node in NODES if node.label in SEARCHED):
        some = {"limit": _TEXTS if label == "SourceText" else _AT_ONCE}
        while found := [row["properties"] for row in run(of_node("unsearched", label), some)]:
            rows = [{"id": one["id"], **search_properties(label, one)} for one in found]
            run(of_node("set-search", label), {"rows": rows})


def _fill_plans(run: Run, statement: str, **given: str) -> None:
    ids = [row["id"] for row in run("load/document-ids", {})]
    for start in range(0, len(ids), _PLANS):
        run(statement, {"documents": ids[start : start + _PLANS], **given})


def fill_import(run: Run) -> None:
    """Give an imported graph the empty lists that the files of ``neo4j-admin`` cannot hold: it drops them."""
    run("load/set-empty-lists-of-units", {})
    for statement in ("load/set-empty-lists-of-deadlines", "load/set-empty-lists"):
        _fill_plans(run, statement)


FILLS: Mapping[str, Callable[[Run], None]] = {
    "V005__search": _fill_search,
    "V006__pages": partial(_fill_plans, statement="load/set-pages", sign=PAGE_SIGN),
    "V007__counts": partial(_fill_plans, statement="load/set-counts"),
}
"""By the name of the migration."""
