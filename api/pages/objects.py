"""The pages: plain HTML, rendered on the server without any script, from the same answers as ``/v1``.

The pages are: the plans with a search by name (``/``), the duties of a unit and what it shares with another, the card
and chains of an item, the items that cite an instrument, the outline of a plan, its findings, and its text with every
stated fact marked. Each fact shows its words and links to their place in the text.  The server cuts the text into
pieces (`api.answers.source_text`), so no page counts characters.

Example: ``/units/娄底市:市政府法制办`` lists its duties in document order.

Left to others: the answers (`api.answers.lists`, `api.answers.objects`), the look of a page (``html/``, ``static/``).
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from api.answers.chains import chain_answer, partners_of
from api.answers.findings import list_findings
from api.answers.lists import list_documents, list_items, list_regulations, list_sections, list_units
from api.answers.nesting import Evidence
from api.answers.objects import (
    document_answer,
    item_answer,
    reading_answer,
    regulation_answer,
    unit_answer,
)
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.questions import Answer, ask
from api.answers.references import Narrow
from api.answers.source_text import text_answer
from api.asking.examples import examples
from api.http.dependencies import MAX_CURSOR, MAX_NAME, RoleFilter, ServiceDep, SeverityFilter, Text, read_access
from api.pages.templates import DOCS_POLICY, page, plan_of, segment
from graph.store.contract import ReadTransaction, Store

SEARCH_LIMIT = 50


router = APIRouter(include_in_schema=False, dependencies=[Depends(read_access)])
Ref = Annotated[Text, Path(max_length=MAX_NAME)]
After = Annotated[str | None, Query(max_length=MAX_CURSOR)]


def plans_in(store: Store, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The ids of the plans that the rows are about, each with its title."""
    keys = dict.fromkeys(key for row in rows if (key := plan_of(row)) is not None)

    def work(reading: ReadTransaction) -> dict[str, str]:
        found = {key: reading.rows("read/document-by-id", {"id": key}) for key in keys}
        return {key: (rows[0]["name"] if rows else None) or key for key, rows in found.items()}

    return store.read(work)


def downloads(address: str, given: Mapping[str, Any]) -> dict[str, str]:
    """The addresses of a list of ``/v1`` as a file with every row: the kind of file -> its address."""
    stated = {key: value for key, value in given.items() if value is not None}
    return {
        kind.upper(): f"{address}?{urlencode({**stated, 'whole': 'true', 'evidence': 'full', 'format': kind})}"
        for kind in ("csv", "xlsx")
    }


@router.get("/")
def home(service: ServiceDep, q: Annotated[Text, Query(max_length=MAX_NAME)] = "", after: After = None) -> Response:
    store = service.store
    documents = list_documents(store, page=PageRequest(SEARCH_LIMIT, None if q else after)).body
    found = None
    if q.strip():
        few = PageRequest(SEARCH_LIMIT)
        found = {
            "units": list_units(store, q=q, page=few).body,
            "regulations": list_regulations(store, q=q, page=few).body,
            "items": list_items(store, q=q, page=few, evidence=Evidence.NONE).body,
        }
    shown = (
        examples(store, Narrow(default_region=service.settings.default_region), service.clock()) if not found else []
    )
    return page("home.html", documents=documents, q=q, found=found, examples=shown)


@router.get("/units/{ref}")
def unit(
    service: ServiceDep,
    ref: Ref,
    role: RoleFilter = None,
    region: Annotated[Text | None, Query(max_length=MAX_NAME)] = None,
    after: After = None,
) -> Response:
    narrow = Narrow(region, None, service.settings.default_region)
    card = unit_answer(service.store, ref, narrow)
    given = {"unit": _id(card), "role": role}
    rows = ask(service.store, "unit-duties", given, page=PageRequest(MAX_LIMIT, after), evidence=Evidence.FULL)
    partners = partners_of(service.store, _id(card))
    return page("unit.html", unit=card.body, duties=rows.body, role=role, partners=partners)


@router.get("/units/{ref}/shared-with/{other}")
def shared(service: ServiceDep, ref: Ref, other: Ref, after: After = None) -> Response:
    narrow = Narrow(default_region=service.settings.default_region)
    cards = [unit_answer(service.store, one, narrow) for one in (ref, other)]
    given = dict(zip(("unit", "other"), map(_id, cards), strict=True))
    rows = ask(service.store, "shared-items", given, page=PageRequest(MAX_LIMIT, after), evidence=Evidence.FULL)
    return page("shared.html", unit=cards[0].body, other=cards[1].body, shared=rows.body)


@router.get("/items/{ref}")
def item(service: ServiceDep, ref: Ref) -> Response:
    card = item_answer(service.store, ref, Narrow(), Evidence.FULL)
    return page("item.html", item=card.body, chain=chain_answer(service.store, _id(card)).body)


@router.get("/regulations/{ref}")
def regulation(service: ServiceDep, ref: Ref, after: After = None) -> Response:
    card = regulation_answer(service.store, ref, Narrow(default_region=service.settings.default_region))
    rows = ask(
        service.store,
        "regulation-citing-items",
        {"regulation": _id(card)},
        page=PageRequest(MAX_LIMIT, after),
        evidence=Evidence.FULL,
    )
    return page("regulation.html", regulation=card.body, citing=rows.body)


@router.get("/documents/{ref}")
def document(service: ServiceDep, ref: Ref) -> Response:
    card = document_answer(service.store, ref, Evidence.FULL)
    key = _id(card)
    everything = PageRequest(100_000)
    sections = list_sections(service.store, key, page=everything, evidence=Evidence.NONE).body["items"]
    items = list_items(service.store, narrow=Narrow(document=key), page=everything, evidence=Evidence.NONE).body[
        "items"
    ]
    of_section: dict[str, list[dict[str, Any]]] = {section["id"]: [] for section in sections}
    for one in items:
        of_section.setdefault(one["section"]["id"], []).append(one)
    reading = reading_answer(service.store, key).body
    return page("document.html", document=card.body, sections=sections, items=of_section, reading=reading)


@router.get("/documents/{ref}/text")
def text(
    service: ServiceDep,
    ref: Ref,
    at: Annotated[str | None, Query(pattern=r"^\d{1,9}-\d{1,9}$")] = None,
) -> Response:
    """The text with its marks; ``at=12292-12308`` highlights a place at which no mark begins."""
    place = [int(word) for word in at.split("-")] if at else []
    return page("text.html", text=text_answer(service.store, ref, pieces=True, at=place).body, place=place)


@router.get("/documents/{ref}/findings")
def document_findings(
    service: ServiceDep,
    ref: Ref,
    rule: Annotated[Text | None, Query(max_length=MAX_NAME)] = None,
    severity: SeverityFilter = None,
    unit: Annotated[Text | None, Query(max_length=MAX_NAME)] = None,
) -> Response:
    card = document_answer(service.store, ref, Evidence.NONE)
    found = list_findings(
        service.store,
        rule=rule,
        severity=severity,
        unit=unit,
        narrow=Narrow(document=_id(card), default_region=service.settings.default_region),
        page=PageRequest(100_000),
    ).body
    given = {"rule": rule, "severity": severity, "unit": unit}
    files = downloads(f"/v1/documents/{segment(_id(card))}/findings", given)
    return page("findings.html", document=card.body, findings=found, given=given, files=files)


@router.get("/docs")
def docs() -> Response:
    return page("docs.html", policy=DOCS_POLICY)


def _id(answer: Answer) -> str:
    key: str = answer.body["id"]
    return key
