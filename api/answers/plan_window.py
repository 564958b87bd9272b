"""Which documents one page looks into when its caller names none: a stretch of them, in the order of ids.

So the time of a page is bounded however many plans are loaded, and paging goes through all of them: a page whose stretch
ends before it is full names the keys behind which the next one begins.

Example: over 10,000 plans ``stretch(reading, None, 20, {})`` has twenty ids and the keys behind the last of them.

Left to others: what is looked for in a document (`api.answers.questions`, `api.answers.lists`, `api.answers.findings`).
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
    """``ids`` of the documents to look into, ``resume``: the keys of the next page if there are more behind them.

    ``partial``: others that fit stand before or behind, so what is counted here is not all there is.
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
    """The documents that a page of ``limit`` rows looks into.

    That is the one that ``filters`` name, by its id or a section's, else a stretch: longer where the page is a step on the
    way to every row (`api.answers.all_pages`).
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
    """The documents to look into, ``most`` of them from the cursor ``after`` on.

    Of ``filters`` one is heeded: a ``unit`` that they give a duty or ask something of, an instrument their items
    cite, words their items have (``q``); else their ``region``.
    """
    by = next((name for name in _BY if filters.get(name) is not None), None)
    name, own = ("from", {"region": filters.get("region")}) if by is None else (_BY[by], {by: filters[by]})
    start = None if after is None else after["document"]
    rows = reading.rows(f"read/document-ids-{name}", {**own, "start": start, "limit": most + 2})
    done = start if after is not None and after["item"] >= BEHIND else None
    ids = [row["id"] for row in rows if row["id"] != done]
    if len(ids) <= most:
        return PlanWindow(ids, partial=after is not None)
    return PlanWindow(
        ids[:most], {"document_id": ids[most - 1], "item_start": BEHIND, "fact_start": -1, "id": "~"}, True
    )
