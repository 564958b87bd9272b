"""Lists of the facts of one unit or instrument (unit-duties, regulation-citing-items): a page that costs the same however many
the unit or instrument has.

Order of steps: the places of the page's facts are read from their index (`graph.store.fact_places`), the statement gives what these
facts say. The total comes from the counts of the unit or instrument; where the caller filters, from as many places as
`MOST_COUNTED`, and is a lower bound if there are more.

Left to others: every other question (`api.answers.questions`).
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from api.answers.paging import Listing
from api.answers.plan_window import of_regions
from graph.model import DUTY_TYPE, Role
from graph.store.catalogue import Query
from graph.store.contract import ReadTransaction
from graph.store.fact_places import FACTS, OF_REGULATION, FactPlace, fact_places

MOST_COUNTED = 2000
"""So many facts a total looks at if a filter chooses among them."""

_STEP = 200  # places read at once where a filter chooses among them
_OF_UNIT = {role.value: DUTY_TYPE[role] for role in Role if role is not Role.LEADER}


def fact_listing(reading: ReadTransaction, query: Query, values: Mapping[str, Any], keys: Mapping[str, Any]) -> Listing:
    """The page of a question whose statement takes the ids of facts; ``keys``: the cursor and one more than the page holds."""
    kept = _kept(reading, values, keys["after"], keys["limit"])
    page = list(islice(kept, keys["limit"]))
    given = {param.name: values[param.name] for param in query.params if param.name in values}
    rows = reading.rows(query.name, {**given, FACTS: [place.id for place in page]}) if page else []
    if keys["after"] is None and len(page) < keys["limit"]:
        return Listing(rows, len(rows))
    total, whole = _total(reading, values)
    return Listing(rows, total, least=not whole)


def _kept(
    reading: ReadTransaction, values: Mapping[str, Any], after: Mapping[str, Any] | None, step: int
) -> Iterator[FactPlace]:
    """The places behind the cursor that pass the filters."""
    node = values.get("unit") or values["regulation"]
    role = values.get("role")
    types = OF_REGULATION if "unit" not in values else (_OF_UNIT[role],) if role else tuple(_OF_UNIT.values())
    while True:
        found = fact_places(reading, node, types, limit=step, after=after, document=values.get("document"))
        kept = found
        if (regions := values.get("of_regions")) is not None:
            there = set(of_regions(reading, sorted({place.document for place in found}), regions))
            kept = [place for place in found if place.document in there]
        if (relation := values.get("relation")) is not None:
            kept = [place for place in kept if place.id.split("|")[1] == relation]
        yield from kept
        if len(found) < step:
            return
        last = found[-1]
        after = {"document": last.document, "item": last.item_start, "fact": last.fact_start, "id": last.id}
        step = _STEP


def _total(reading: ReadTransaction, values: Mapping[str, Any]) -> tuple[int, bool]:
    """How many facts there are, and whether these are all."""
    if any(values.get(name) is not None for name in ("document", "relation", "of_regions")):
        looked = _kept(reading, values, None, _STEP)
        total = sum(1 for _ in islice(looked, MOST_COUNTED))
        return total, total < MOST_COUNTED or next(looked, None) is None
    if "unit" not in values:
        counts = reading.rows("read/regulation", {"regulation": values["regulation"]})[0]
        return counts["count_items"] + counts["count_documents"], True
    counts = reading.rows("read/unit", {"unit": values["unit"]})[0]
    role = values.get("role")
    return sum(counts[f"count_{one}"] for one in ([role] if role else _OF_UNIT)), True
