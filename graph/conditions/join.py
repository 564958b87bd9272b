"""Which items of some plans meet a query, and by which words.

Every statement of a condition gives rows of one shape for the plans that it is told to look at (``documents``): the item
(``id``, ``document_id``, ``item_start``) and a place that makes the condition true (``start``, ``end``, ``clause_start``,
``clause_end``; null where no words do, as for 没有牵头单位).  The rows of the conditions are joined item by item.

Order of steps of an ``and``: conditions that an index narrows come first, those that are computed come last; each further
one looks only at the plans that still have an item; what is denied is taken away at the end.  So the rarest condition bounds the work of the others.
`next_plans` gives the plans that are worth a look, in the order of their ids.

Example: over the sample, ``matches`` of ``lead(市编办) and responsible(市人社局)`` has an item for each place where both hold,
with the words of both.

Left to others: pages and totals (`api.answers.conditions`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import Any

from graph.conditions.cards import FOLDER, PLANS
from graph.conditions.computed import COMPUTED
from graph.conditions.query import And, Is, Not, Or, Query, leaves
from graph.store.contract import ReadTransaction, Row
from graph.store.fact_places import FACTS, facts_of_plans, plans_citing, plans_of_unit

EVERY_ITEM = f"{FOLDER}/every-item"


@dataclass(frozen=True, slots=True)
class Proof:
    """Words that make a condition true, in code points of the plan's source text; all null where no words do."""

    condition: Is
    denied: bool
    start: int | None
    end: int | None
    clause_start: int | None = None
    clause_end: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An item that meets the query, with the words of each condition it meets."""

    id: str
    document_id: str
    item_start: int
    places: tuple[Proof, ...]

    @property
    def key(self) -> tuple[str, int, str]:
        return self.document_id, self.item_start, self.id


Matches = dict[str, Match]


def matches(reading: ReadTransaction, query: Query, documents: Sequence[str]) -> list[Match]:
    """The items of the plans that meet the query, in document order."""
    return sorted(_met(reading, query, documents).values(), key=lambda match: match.key)


def _met(reading: ReadTransaction, query: Query, documents: Sequence[str]) -> Matches:
    if not documents:
        return {}
    match query:
        case Is():
            return _of_condition(reading, query, documents)
        case Or(parts):
            return _either(_met(reading, part, documents) for part in parts)
        case And(parts):
            return _all_of(reading, parts, documents)
        case Not(_):
            return _all_of(reading, (query,), documents)


def _of_condition(reading: ReadTransaction, leaf: Is, documents: Sequence[str]) -> Matches:
    card = leaf.condition
    if card.computed is not None:
        rows = COMPUTED[card.computed](reading, leaf.values, documents)
    else:
        given: dict[str, Any] = {**leaf.values, PLANS: list(documents)}
        if card.facts:
            given[FACTS] = facts_of_plans(reading, leaf.values[card.narrows or ""], card.facts, documents)
        rows = reading.rows(card.statement or "", given)
    found = {}
    for key, same in groupby(rows, lambda row: row["id"]):
        of_item = list(same)
        found[key] = Match(key, of_item[0]["document_id"], of_item[0]["item_start"], tuple(_places(leaf, of_item)))
    return found


def _places(leaf: Is, rows: Sequence[Row]) -> Sequence[Proof]:
    columns = ("start", "end", "clause_start", "clause_end")
    return [Proof(leaf, False, *place) for place in dict.fromkeys(tuple(row[one] for one in columns) for row in rows)]


def _either(many: Iterable[Matches]) -> Matches:
    found: Matches = {}
    for met in many:
        for key, one in met.items():
            known = found.get(key)
            found[key] = one if known is None else _with(known, one.places)
    return found


def _all_of(reading: ReadTransaction, parts: Sequence[Query], documents: Sequence[str]) -> Matches:
    wanted = sorted((part for part in parts if not isinstance(part, Not)), key=_costs)
    found: Matches | None = None
    for part in wanted:
        met = _met(reading, part, documents)
        found = met if found is None else {key: _with(one, met[key].places) for key, one in found.items() if key in met}
        documents = _plans_of(found)
    if found is None:
        rows = reading.rows(EVERY_ITEM, {"documents": list(documents)})
        found = {row["id"]: Match(row["id"], row["document_id"], row["item_start"], ()) for row in rows}
    for denied in (part for part in parts if isinstance(part, Not)):
        met = _met(reading, denied.part, _plans_of(found))
        shown = (Proof(denied.part, True, None, None),) if isinstance(denied.part, Is) else ()
        found = {key: _with(one, shown) for key, one in found.items() if key not in met}
    return found


def _costs(part: Query) -> tuple[bool, bool]:
    """What comes first in an ``and``: what an index narrows, then other statements, then what is computed."""
    return is_computed(part), narrowing(part) is None


def is_computed(query: Query) -> bool:
    """Whether some condition of a query is computed from all rows of a plan, which costs far more than a statement."""
    return any(leaf.condition.computed is not None for leaf in leaves(query))


def _with(match: Match, places: Sequence[Proof]) -> Match:
    return Match(match.id, match.document_id, match.item_start, (*match.places, *places))


def _plans_of(found: Mapping[str, Match]) -> list[str]:
    return sorted({match.document_id for match in found.values()})


def narrowing(query: Query) -> list[Is] | None:
    """Conditions that an index narrows, of which every item of the answer meets at least one; None if there are none."""
    match query:
        case Is():
            return [query] if query.condition.narrows is not None else None
        case And(parts):
            return next((found for part in parts if (found := narrowing(part)) is not None), None)
        case Or(parts):
            every = [narrowing(part) for part in parts]
            narrowed = [one for one in every if one is not None]
            return [leaf for one in narrowed for leaf in one] if len(narrowed) == len(every) else None
        case Not(_):
            return None


def next_plans(reading: ReadTransaction, query: Query, start: str | None, limit: int) -> list[str]:
    """At most ``limit`` ids of plans that can have items of the answer, in order, from the id ``start`` on."""
    by = narrowing(query)
    if by is None:
        rows = reading.rows("read/document-ids-from", {"regions": None, "start": start or "", "limit": limit})
        return [row["id"] for row in rows]
    streams = [_stream(reading, leaf, start, limit) for leaf in by]
    return [key for key, _ in groupby(merge(*streams))][:limit]


def _stream(reading: ReadTransaction, leaf: Is, start: str | None, limit: int) -> list[str]:
    by = leaf.condition.narrows or ""
    value = leaf.values[by]
    if by == "section":
        plan = value.rpartition(":")[0]
        return [plan] if start is None or plan >= start else []
    if by == "cites":
        return plans_citing(reading, value, start, limit)
    return plans_of_unit(reading, value, start, limit, leaf.condition.facts)
