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
from api.answers.nesting import Evidence, Json
from api.answers.objects import document_card, regulation_card, section_rows, unit_card
from api.answers.paging import Listing, PageRequest, envelope
from api.answers.plan_window import plans_to_look_into
from api.answers.questions import Answer, listing_of
from api.answers.references import ANYWHERE, Narrow, resolve
from graph.names import fold
from graph.store.contract import ReadTransaction, Row, Store


def list_documents(store: Store, *, q: str | None = None, region: str | None = None, page: PageRequest) -> Answer:
    """The loaded plans with their counts and coverage."""
    filters = {"q": q, "region": region}
    return store.read(
        lambda reading: Answer(_list(reading, page, "documents", filters, lambda rows: list(map(document_card, rows))))
    )


def list_sections(store: Store, document: str, *, page: PageRequest, evidence: Evidence) -> Answer:
    """The outline of a plan."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", document)
        body = _list(
            reading,
            page,
            "sections",
            {"document": found.id},
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
        document = None if narrow.document is None else resolve(reading, "document", narrow.document)
        filters: dict[str, Any] = {
            "document": document and document.id,
            "section": section and resolve(reading, "section", section, narrow).id,
            "cites": cites and resolve(reading, "regulation", cites, narrow).id,
            "q": q and fold(q),
            "due_before": due_before,
            "due_after": due_after,
        }
        shape = partial(item_rows, reading, evidence=evidence)
        body = envelope(reading, page, ("items", filters), lambda keys: _items(reading, filters, keys), shape)
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
            "q": q and fold(q),
            "region": narrow.region,
            "kind": kind,
            "collective": collective,
            "document": _document(reading, narrow),
        }
        return Answer(_list(reading, page, "units", filters, lambda rows: list(map(unit_card, rows))))

    return store.read(work)


def list_regulations(store: Store, *, q: str | None = None, narrow: Narrow = ANYWHERE, page: PageRequest) -> Answer:
    """Cited instruments by part of their title or number."""

    def work(reading: ReadTransaction) -> Answer:
        filters = {"q": q and fold(q.strip("《》")), "document": _document(reading, narrow)}
        return Answer(_list(reading, page, "regulations", filters, lambda rows: list(map(regulation_card, rows))))

    return store.read(work)


def _list(
    reading: ReadTransaction,
    page: PageRequest,
    name: str,
    filters: Mapping[str, Any],
    shape: Callable[[Sequence[Row]], list[Json]],
) -> Json:
    """The envelope of ``read/<name>``, counted by ``read/count-<name>``."""
    return envelope(
        reading,
        page,
        (name, filters),
        lambda keys: listing_of(
            reading.rows(f"read/{name}", {**filters, **keys}), reading.rows(f"read/count-{name}", filters)[0]
        ),
        shape,
    )


def _items(reading: ReadTransaction, filters: Mapping[str, Any], keys: Mapping[str, Any]) -> Listing:
    """A page of items from the plans of its window."""
    plans = plans_to_look_into(reading, filters, keys["after"], keys["limit"])
    given = {**filters, "documents": plans.ids}
    del given["document"]
    listing = listing_of(reading.rows("read/items", {**given, **keys}), reading.rows("read/count-items", given)[0])
    return replace(listing, least=plans.partial, resume=plans.resume)


def _document(reading: ReadTransaction, narrow: Narrow) -> str | None:
    return None if narrow.document is None else resolve(reading, "document", narrow.document).id
