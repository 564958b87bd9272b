"""The documents that one page reads if its caller names none: a window of them, in the order of ids.

This bounds the time of a page however many plans are loaded, and paging still goes through all plans: if the window
ends before the page is full, the page gives the keys after which the next page begins.

Example: over 10,000 plans ``window(reading, None, 20, {})`` has twenty ids and the keys after the last of them.

Left to others: what is read in a document (`api.answers.questions`, `api.answers.lists`, `api.answers.findings`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from api.answers.paging import MAX_LIMIT
from graph.store.contract import ReadTransaction, Row

WALKED = 10
"""So many plans one page looks into when none is named."""

WHOLE = 100
"""So many one step of a walk for every row looks into."""

STEPPED = 5
"""So many a step is given the facts of, since it needs them all before there is a page; findings, which take as long, too."""

MOST_STEPPED = 1000
"""So many a step is given the facts of when every row is asked for."""

BEHIND = 2**53  # no item of a document begins behind this


# what narrows the documents from the start, and the query that finds them by it
_BY = {"unit": "of-unit", "cites": "citing", "q": "saying"}


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
    *,
    stepped: bool = False,
) -> PlanWindow:
    """The documents that a page of ``limit`` rows reads.

    This is the document that ``filters`` name by its id or by a section. Otherwise it is a window, which is longer if
    the page is one step of a whole list (`api.answers.all_pages`).
    """
    section = filters.get("section")
    named = filters.get("document") or (section and section.rpartition(":")[0])
    if named:
        return PlanWindow([named])
    page, walk = (STEPPED, MOST_STEPPED) if stepped else (WALKED, WHOLE)
    return window(reading, after, page if limit <= MAX_LIMIT + 1 else walk, filters)


def window(
    reading: ReadTransaction, after: Mapping[str, Any] | None, most: int, filters: Mapping[str, Any]
) -> PlanWindow:
    """The documents to read: at most ``most`` of them after the cursor ``after``.

    One of ``filters`` is used: a ``unit`` that the documents give a duty or demand something of, an instrument that
    their items cite, or words of their items (``q``); else their ``region``.
    """
    by = next((name for name in _BY if filters.get(name) is not None), None)
    name, own = ("from", {"region": filters.get("region")}) if by is None else (_BY[by], {by: filters[by]})
    start = None if after is None else after["document"]
    rows = reading.rows(f"read/document-ids-{name}", {**own, "start": start, "limit": most + 2})
    done = start if after is not None and after["item"] >= BEHIND else None
    ids = [row["id"] for row in rows if row["id"] != done]
    if len(ids) <= most:
        return PlanWindow(ids, partial=after is not None)
    return PlanWindow(ids[:most], behind(ids[most - 1]), True)


def behind(document: str) -> Row:
    """The keys behind every row of a document."""
    return {"document_id": document, "item_start": BEHIND, "fact_start": -1, "id": "~"}
