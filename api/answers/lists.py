"""The lists of REST and the command line: one function for each list, each with one `Store.read`.

Order of steps in each: resolve names, read a page of rows and the number of all rows, nest the rows. All of it has one
data version.

Example: ``list_units(store, q="法制", narrow=ANYWHERE, page=PageRequest()).body["items"]``.

Left to others: items by conditions (`api.answers.conditions`), single objects (`api.answers.objects`), the question library (`api.answers.questions`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from api.answers.item_rows import item_rows
from api.answers.left_out import address_of_items, entry_of
from api.answers.nesting import Evidence, Json
from api.answers.objects import document_card, regulation_card, section_rows, unit_card
from api.answers.paging import Listing, PageRequest, envelope
from api.answers.places import tell_unplaced
from api.answers.plan_window import fill_page, of_regions, plans_to_look_into
from api.answers.questions import Answer, listing_of
from api.answers.references import ANYWHERE, Narrow, named_document, resolve
from graph.conditions.query import all_hold, condition, written
from graph.search_text import search_form
from graph.store.contract import ReadTransaction, Row, Store

EVERY_PLAN = 1_000_000


def list_documents(store: Store, *, q: str | None = None, narrow: Narrow = ANYWHERE, page: PageRequest) -> Answer:
    """The loaded plans with their counts and coverage."""

    def work(reading: ReadTransaction) -> Answer:
        filters = {"q": q and search_form(q), "regions": narrow.regions(reading)}
        body = _list(reading, page, "documents", filters, narrow, lambda rows: list(map(document_card, rows)))
        return Answer(tell_unplaced(reading, body, filters["regions"], page))

    return store.read(work)


def list_sections(store: Store, document: str, *, page: PageRequest, evidence: Evidence) -> Answer:
    """The outline of a plan."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", document)
        body = _list(
            reading,
            page,
            "sections",
            {"document": found.id},
            ANYWHERE,
            lambda rows: section_rows(reading, rows, evidence),
        )
        return Answer(body, "document", found)

    return store.read(work)


def list_items(
    store: Store,
    *,
    section: str | None = None,
    cites: str | None = None,
    q: str | None = None,
    due_before: str | None = None,
    due_after: str | None = None,
    narrow: Narrow = ANYWHERE,
    page: PageRequest,
    evidence: Evidence,
) -> Answer:
    """Items, each with what stands below it, that pass every given filter.

    ``due_before`` and ``due_after`` include the day itself; ``left_out`` says how many items have no date.
    """

    def work(reading: ReadTransaction) -> Answer:
        document = named_document(reading, narrow)
        filters: dict[str, Any] = {
            "document": document and document.id,
            "regions": narrow.regions(reading),
            "section": section and resolve(reading, "section", section, narrow).id,
            "cites": cites and resolve(reading, "regulation", cites, narrow).id,
            "q": q and search_form(q),
            "due_before": due_before,
            "due_after": due_after,
        }
        shape = partial(item_rows, reading, evidence=evidence)
        body = envelope(
            reading, page, ("items", _stated(filters, narrow)), lambda keys: _items(reading, filters, keys), shape
        )
        body["left_out"] = [_undated(one, filters, narrow) for one in body["left_out"]]
        if document is None:
            body = tell_unplaced(reading, body, filters["regions"], page)
        return Answer(body, "document", document)

    return store.read(work)


def list_units(
    store: Store,
    *,
    q: str | None = None,
    kind: str | None = None,
    collective: bool | None = None,
    narrow: Narrow = ANYWHERE,
    page: PageRequest,
) -> Answer:
    """Units by part of any of their names."""

    def work(reading: ReadTransaction) -> Answer:
        filters = {
            "q": q and search_form(q),
            "regions": narrow.regions(reading),
            "kind": kind,
            "collective": collective,
            "document": _document(reading, narrow),
        }
        return Answer(_list(reading, page, "units", filters, narrow, lambda rows: list(map(unit_card, rows))))

    return store.read(work)


def list_regulations(store: Store, *, q: str | None = None, narrow: Narrow = ANYWHERE, page: PageRequest) -> Answer:
    """Cited instruments by part of their title or number."""

    def work(reading: ReadTransaction) -> Answer:
        filters = {"q": q and search_form(q), "documents": _citing(reading, narrow)}
        return Answer(
            _list(reading, page, "regulations", filters, narrow, lambda rows: list(map(regulation_card, rows)))
        )

    return store.read(work)


def _list(
    reading: ReadTransaction,
    page: PageRequest,
    name: str,
    filters: Mapping[str, Any],
    narrow: Narrow,
    shape: Callable[[Sequence[Row]], list[Json]],
) -> Json:
    """The envelope of ``read/<name>``, counted by ``read/count-<name>``."""
    counting = f"read/count-{name}"
    whole = name != "sections" and all(value is None for value in filters.values())

    def fetch(keys: Mapping[str, Any]) -> Listing:
        after = keys["after"]
        own = keys if name == "sections" else {"behind": after["id"] if after else "", "limit": keys["limit"]}
        rows = reading.rows(f"read/{name}", {**filters, **own})
        counts = (
            reading.rows(f"read/count-every-{name.removesuffix('s')}") if whole else reading.rows(counting, filters)
        )
        return listing_of(rows, counts[0])

    return envelope(reading, page, (name, _stated(filters, narrow)), fetch, shape)


def _undated(entry: Mapping[str, Any], filters: Mapping[str, Any], narrow: Narrow) -> Json:
    """How many items without a date, or with a time that was not read, a filter for dates leaves out; their address."""
    conditions = {"in-section": filters["section"], "cites": filters["cites"], "contains": filters["q"]}
    unread = [condition("timing", "unread")] if entry["reason"] == "unread" else []
    asked = [
        condition("due-basis", "none"),
        *unread,
        *(condition(name, value) for name, value in conditions.items() if value),
    ]
    url = address_of_items(written(all_hold(asked)), {"document": filters["document"], **narrow.place})
    return entry_of(entry["reason"], entry["count"], url)


def _stated(filters: Mapping[str, Any], narrow: Narrow) -> dict[str, Any]:
    """The filters as the caller gave them, for the mark of a cursor."""
    given = {name: value for name, value in filters.items() if name not in ("regions", "documents")}
    return given | narrow.place | {"document": narrow.document}


def _items(reading: ReadTransaction, filters: Mapping[str, Any], keys: Mapping[str, Any]) -> Listing:
    """A page of items from the plans of its window."""
    plans = plans_to_look_into(reading, filters, keys["after"], keys["limit"])
    given = {name: value for name, value in filters.items() if name not in ("document", "regions")}

    def rows_of(documents: list[str]) -> list[Row]:
        return reading.rows("read/items", {**given, **keys, "documents": documents})

    rows, plans = fill_page(plans, keys["limit"], rows_of)
    listing = listing_of(rows, reading.rows("read/count-items", {**given, "documents": plans.ids})[0])
    return replace(listing, least=plans.partial, resume=plans.resume)


def _citing(reading: ReadTransaction, narrow: Narrow) -> list[str] | None:
    """The documents of a request whose instruments are listed; None: all."""
    document, regions = _document(reading, narrow), narrow.regions(reading)
    if document is None and regions is None:
        return None
    if document is not None:
        return of_regions(reading, [document], regions)
    rows = reading.rows("read/document-ids-from", {"regions": regions, "start": "", "limit": EVERY_PLAN})
    return [row["id"] for row in rows]


def _document(reading: ReadTransaction, narrow: Narrow) -> str | None:
    found = named_document(reading, narrow)
    return None if found is None else found.id
