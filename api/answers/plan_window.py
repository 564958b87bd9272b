"""The documents that one page reads if its caller names none: a window of them, in the order of ids.

This bounds the time of a page however many plans are loaded: a window ends with the plan that makes up `ITEMS` items, as
the plans' stored counts tell.  So some forty plans of the usual size are answered as a whole, and of plans with a hundred
items six at a time.  Paging still goes through all plans: if the window ends before the page is full, the page gives the
keys after which the next page begins.  Where the first plans of a window fill a page (`fill_page`), the others are not read; they
are counted if there are no plans beyond, for then the total is exact.

Example: over 10,000 plans of 45 items ``window(reading, None, {})`` has the ids of fourteen and the keys after the last.

Left to others: what is read in a document (`api.answers.questions`, `api.answers.lists`, `api.answers.findings`).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

from api.answers.paging import MAX_LIMIT
from graph.search_text import every_term
from graph.store.contract import ReadTransaction, Row
from graph.store.fact_places import plans_citing, plans_of_unit

ITEMS = 600
"""So many items the plans of one page have, but for the last plan; a page that one plan fills is of that plan alone."""

MOST_PLANS = 100
"""So many plans one page looks into, and one step of a walk for every row, whatever they hold."""

FIRST = 2
"""So many are read first, for plans of the usual size fill a page."""

BEHIND = 2**53  # no item of a document begins behind this
WITHIN = BEHIND - 1  # in a cursor: its document is the one with which the window of its row begins


# what narrows the documents from the start
_BY = ("unit", "cites", "q")


class PlanWindow(NamedTuple):
    """``ids`` are the documents to read; ``resume`` are the keys of the next page if more documents follow.

    ``partial``: other matching documents stand before or after, so a count over these documents is incomplete.
    """

    ids: list[str]
    resume: Row | None = None
    partial: bool = False


def plans_to_look_into(
    reading: ReadTransaction,
    filters: Mapping[str, Any],
    after: Mapping[str, Any] | None,
    limit: int,
) -> PlanWindow:
    """The documents that a page of ``limit`` rows reads.

    This is the document that ``filters`` name by its id, by a section or by an item. Otherwise it is a window, which is longer if
    the page is one step of a whole list (`api.answers.all_pages`).
    """
    within = filters.get("section") or filters.get("item")
    named = filters.get("document") or (within and within.rpartition(":")[0])
    if named:
        return PlanWindow(of_regions(reading, [named], filters.get("regions")))
    return window(reading, after, filters, items=ITEMS if limit <= MAX_LIMIT + 1 else None)


def fill_page(
    plans: PlanWindow, limit: int, rows_of: Callable[[list[str]], Sequence[Row]]
) -> tuple[list[Row], PlanWindow]:
    """The first ``limit`` rows of a window, whose plans ``rows_of`` reads in their order, and the plans that a count is to look into."""
    ids = plans.ids
    if len(ids) <= FIRST or limit > MAX_LIMIT + 1:  # a step of a whole list needs all of them
        return [*rows_of(ids)], plans
    rows = [*rows_of(ids[:FIRST])]
    if len(rows) < limit:
        return [*rows, *rows_of(ids[FIRST:])][:limit], plans
    return rows, PlanWindow(ids[:FIRST], behind(ids[FIRST - 1]), True) if plans.partial else plans


def window(
    reading: ReadTransaction,
    after: Mapping[str, Any] | None,
    filters: Mapping[str, Any],
    *,
    most: int | None = None,
    items: int | None = None,
) -> PlanWindow:
    """The documents to read after the cursor ``after``: at most ``most`` (`MOST_PLANS`), which have together ``items`` items if that is given.

    One of ``filters`` is used beside ``regions``: a ``unit`` that the documents give a duty or demand something of, an
    instrument that their items cite, or words of their items (``q``).
    """
    most = most or MOST_PLANS
    start = None if after is None else after["document"]
    done = start if after is not None and after["item"] >= BEHIND else None
    found = (key for key in _in_order(reading, filters, start, most) if key != done)
    ids = list(islice(found, most + 1))
    kept = ids[:most] if items is None else _together(reading, ids[:most], items)
    if len(ids) == len(kept):
        return PlanWindow(ids, partial=after is not None)
    return PlanWindow(kept, behind(kept[-1]), True)


def _together(reading: ReadTransaction, ids: list[str], items: int) -> list[str]:
    """The first of the documents, up to the one that makes up so many items."""
    counts = {
        row["id"]: row["count_items"]
        for row in reading.rows("read/plans-of-regions", {"documents": ids, "regions": None})
    }
    so_far = list(accumulate(counts.get(key, 0) for key in ids))
    return ids[: 1 + bisect_left(so_far, items)]


def _in_order(reading: ReadTransaction, filters: Mapping[str, Any], start: str | None, most: int) -> Iterator[str]:
    """The ids of the documents from ``start`` on that pass the filters."""
    by = next((name for name in _BY if filters.get(name) is not None), None)
    regions = filters.get("regions")
    size = most + 2 if by is None or regions is None else MOST_PLANS

    def ids_from(start: str | None, limit: int) -> list[str]:
        if by == "unit":
            return plans_of_unit(reading, filters[by], start, limit)
        if by == "cites":
            return plans_citing(reading, filters[by], start, limit)
        name, own = ("from", {"regions": regions, "start": start or ""})
        if by == "q":
            name, own = ("saying", {"q": filters["q"], "terms": every_term([filters["q"]]), "start": start})
        rows = reading.rows(f"read/document-ids-{name}", {**own, "limit": limit})
        return [row["id"] for row in rows]

    for ids in walk_plans(ids_from, start, size):
        yield from of_regions(reading, ids, None if by is None else regions)


def walk_plans(ids_from: Callable[[str | None, int], list[str]], start: str | None, size: int) -> Iterator[list[str]]:
    """All ids that ``ids_from`` gives, in its order, ``size`` of them at a time: it gets the id to begin with and a limit."""
    while True:
        # one more than is yielded: its id is where the next step begins
        found = ids_from(start, size + 1)
        yield found[:size]
        if len(found) <= size:
            return
        start = found[size]


def of_regions(reading: ReadTransaction, documents: list[str], regions: list[str] | None) -> list[str]:
    """Those of some documents that are of one of the regions; None: all."""
    if regions is None or not documents:
        return documents
    rows = reading.rows("read/plans-of-regions", {"documents": documents, "regions": regions})
    return [row["id"] for row in rows]


def within(document: str, row: str) -> Row:
    """The keys of a row in the window that begins with a document."""
    return {"document_id": document, "item_start": WITHIN, "fact_start": -1, "id": row}


def behind(document: str) -> Row:
    """The keys behind every row of a document."""
    return {"document_id": document, "item_start": BEHIND, "fact_start": -1, "id": "~"}
