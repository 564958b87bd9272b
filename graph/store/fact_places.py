"""Where the facts of one unit or instrument stand, in the order of lists: a page of them, or the plans that have any.

Order of steps: each type of relationship has an index of its page keys (`graph.names.page_key`), from which some places behind a
given one are read; those of several types are merged.  So a page costs the same whether a unit has ten facts or a
hundred thousand.

Example: ``fact_places(reading, "娄底市:市政府法制办", ["LEADS"], limit=2)`` are the first two items that the unit leads.

Left to others: what the facts say (``cypher/questions/``), writing the keys (`loaders.storing.rows`, `graph.store.fills`).
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby, islice
from typing import Any, NamedTuple

from graph.names import PAGE_SIGN, page_key
from graph.store.contract import ReadTransaction
from graph.store.shapes import page_statement

FACTS = "facts"
"""The parameter of a statement that says what some facts of a unit or an instrument say: their ids."""

OF_UNIT = ("LEADS", "RESPONSIBLE_FOR", "COOPERATES_ON", "SUPERVISES", "MENTIONED_IN")
OF_REGULATION = ("CITES",)
_AT_ONCE = 200  # places of one type that are read at once, where it is not known how many are wanted
_FEW_AT_ONCE = 40  # where some plans are enough
_EVERY = 1_000_000
_BEHIND = chr(ord(PAGE_SIGN) + 1)  # behind every key that goes on with a sign


class FactPlace(NamedTuple):
    """The keys of a fact, in the order of lists; ``item_start`` is -1 for a fact of the document itself."""

    document: str
    item_start: int
    fact_start: int
    id: str


def fact_places(
    reading: ReadTransaction,
    node: str,
    types: Sequence[str],
    *,
    limit: int,
    after: Mapping[str, Any] | None = None,
    document: str | None = None,
) -> list[FactPlace]:
    """At most ``limit`` places behind the cursor ``after``, those of one ``document`` if it is named."""
    whole = node if document is None else _beginning(node, document)
    above = whole + PAGE_SIGN if after is None else max(whole + PAGE_SIGN, _key_of(node, after))
    streams = (_read(reading, kind, above, whole + _BEHIND, limit) for kind in types)
    return sorted(place for stream in streams for place in stream)[:limit]


def every_fact(reading: ReadTransaction, given: Mapping[str, Any]) -> list[str]:
    """The ids of all facts of the ``unit`` or ``regulation`` that parameters of a statement name."""
    node = given.get("unit", given.get("regulation"))
    if not isinstance(node, str):
        return []  # the statement says what is wrong
    types = OF_UNIT if "unit" in given else OF_REGULATION
    return [place.id for place in fact_places(reading, node, types, limit=_EVERY)]


def facts_of_plans(reading: ReadTransaction, node: str, types: Sequence[str], documents: Collection[str]) -> list[str]:
    """The ids of such facts that stand in some plans."""
    wanted = sorted(documents)
    return [fact for kind in types for fact in _facts_by(reading, kind, node, wanted)]


def _facts_by(reading: ReadTransaction, kind: str, node: str, documents: Sequence[str]) -> Iterator[str]:
    above, below = _beginning(node, documents[0]), _beginning(node, documents[-1]) + _BEHIND
    known = set(documents)
    while True:
        found = _read(reading, kind, above, below, _AT_ONCE)
        yield from (place.id for place in found if place.document in known)
        if len(found) < _AT_ONCE:
            return
        last = found[-1]
        following = documents[bisect_left(documents, last.document) :]
        if not following:
            return
        # what stands in other plans between is passed over
        above = max(_key(node, last), _beginning(node, following[0]))


def plans_of_unit(
    reading: ReadTransaction, unit: str, start: str | None, limit: int, types: Sequence[str] = OF_UNIT
) -> list[str]:
    """At most ``limit`` ids of the plans that give a unit a duty or ask something of it, in order, from the id ``start`` on;
    by some types of relationships alone if they are given.
    """
    return _plans(reading, unit, types, start, limit, least=-1)


def plans_citing(reading: ReadTransaction, regulation: str, start: str | None, limit: int) -> list[str]:
    """The same of the plans of which an item cites an instrument."""
    return _plans(reading, regulation, OF_REGULATION, start, limit, least=0)


def first_plans(reading: ReadTransaction, node: str, limit: int) -> list[str]:
    """The first plans that name a unit, or cite an instrument by an item or as a whole."""
    streams = [_plans_by(reading, kind, node, None, -1, _FEW_AT_ONCE) for kind in (*OF_UNIT, *OF_REGULATION)]
    return [key for key, _ in islice(groupby(merge(*streams)), limit)]


def _plans(
    reading: ReadTransaction, node: str, types: Sequence[str], start: str | None, limit: int, *, least: int
) -> list[str]:
    streams = [_plans_by(reading, kind, node, start, least, _AT_ONCE) for kind in types]
    return [key for key, _ in islice(groupby(merge(*streams)), limit)]


def _plans_by(
    reading: ReadTransaction, kind: str, node: str, start: str | None, least: int, at_once: int
) -> Iterator[str]:
    """The plans with facts of one type whose items begin at ``least`` or behind, one for each such fact that is read."""
    above = node + PAGE_SIGN + (start or "")
    while True:
        found = _read(reading, kind, above, node + _BEHIND, at_once)
        yield from (place.document for place in found if place.item_start >= least)
        if len(found) < at_once:
            return
        last = found[-1]
        known = last.item_start >= least  # then the rest of its plan is passed over
        above = _beginning(node, last.document) + _BEHIND if known else _key(node, last)


def _read(reading: ReadTransaction, kind: str, above: str, below: str, limit: int) -> list[FactPlace]:
    rows = reading.rows(page_statement(kind), {"above": above, "below": below, "limit": limit})
    return [_place(row["page"]) for row in rows]


def _place(page: str) -> FactPlace:
    _, document, item, fact, rest = page.split(PAGE_SIGN)
    return FactPlace(document, int(item) - 1, int(fact) - 1, document + rest)


def _beginning(node: str, document: str) -> str:
    return node + PAGE_SIGN + document


def _key(node: str, place: FactPlace) -> str:
    return page_key(node, place.document, place.item_start, place.fact_start, place.id)


def _key_of(node: str, after: Mapping[str, Any]) -> str:
    """The page key of a cursor."""
    if after["item"] >= 10**9:  # behind every place of the plan
        return _beginning(node, after["document"]) + _BEHIND
    return page_key(node, after["document"], after["item"], after["fact"], after["id"])
