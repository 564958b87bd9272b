"""The pages: plain, made on the server, without any script, over the same answers as ``/v1``.

What there is: the plans and a search by name (``/``), a unit's duties and what it shares with another, an item's card
and chain, an instrument's citing items, a plan's outline, its findings, and its text with every stated fact marked.
Each fact shows its words and leads to their place in the text.  The text comes in pieces cut by the server
(`api.texts`), so no page counts characters.

Example: ``/units/娄底市:市政府法制办`` lists its duties in document order.

Left to others: what the answers hold (`api.answers`, `api.cards`), how a page looks (``templates/``, ``static/``).
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Path, Query, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from api.answers import list_documents, list_items, list_regulations, list_sections, list_units
from api.asking.examples import examples
from api.cards import document_answer, item_answer, regulation_answer, unit_answer
from api.chains import chain_answer, partners_of
from api.deps import MAX_CURSOR, MAX_NAME, RoleFilter, ServiceDep, Text, read_access
from api.findings import list_findings
from api.paging import MAX_LIMIT, Page
from api.questions import Answer, ask
from api.references import Narrow
from api.shapes import Evidence
from api.texts import text_answer
from api.whole import MOST_ROWS
from api.words import (
    FACT_WORDS,
    KIND_WORDS,
    LEFT_OUT_WORDS,
    MATURITY_WORDS,
    RELATION_WORDS,
    ROLE_WORDS,
    SEVERITY_WORDS,
    TASK_WORDS,
    WEAKNESS_WORDS,
    said,
)
from graph.store import Reading, Store

# Pages run no script and load nothing from elsewhere; /docs is swagger-ui: its own script, and inline styles.
_ALWAYS = "base-uri 'none'; frame-ancestors 'none'"
POLICY = f"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; {_ALWAYS}"
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    f"connect-src 'self'; {_ALWAYS}"
)
SEARCH_LIMIT = 50
_PROOF = ("evidence.quote", "evidence.clause_quote")

# why a date is the one shown, as a sentence goes on
BASES = {
    "task": "依据子任务写明的日期",
    "item": "依据本事项的完成时限",
    "document": "本事项未写日期，依据文件的总体时限推定",
    "none": "没有写明完成时限",
}
DUTY_ROLES = {"LEADS": "lead", "RESPONSIBLE_FOR": "responsible", "COOPERATES_ON": "cooperating"}

router = APIRouter(include_in_schema=False, dependencies=[Depends(read_access)])
Ref = Annotated[Text, Path(max_length=MAX_NAME)]
After = Annotated[str | None, Query(max_length=MAX_CURSOR)]


def _address(key: str) -> str:
    """An id as a segment of an address."""
    return quote(key, safe=":|~()")


def _in_text(evidence: Mapping[str, Any]) -> str:
    """The address of a fact's words in the text of its document."""
    place = evidence["span"] or evidence.get("clause")
    return f"/documents/{_address(evidence['document_id'])}/text" + (f"#p{place[0]}" if place else "")


def _words(evidence: Mapping[str, Any]) -> Markup:
    """The clause with the fact's own words marked, or the words alone."""
    quoted, clause = evidence.get("quote"), evidence.get("clause_quote")
    span = evidence["span"]
    if not clause:
        return Markup("<q>{}</q>").format(quoted) if quoted else Markup("<span class=quiet>原文中没有直接写出</span>")
    if span is None or not evidence["clause"][0] <= span[0] <= span[1] <= evidence["clause"][1]:
        return Markup("<q>{}</q>").format(clause)
    start, end = span[0] - evidence["clause"][0], span[1] - evidence["clause"][0]
    return Markup("<q>{}<mark>{}</mark>{}</q>").format(clause[:start], clause[start:end], clause[end:])


def _date(due: Mapping[str, Any]) -> str:
    """``2018-12-31`` by its precision: 2018年底, 2018年6月底, 2018年6月30日."""
    if due["date"] is None:
        return "未定"
    year, month, day = due["date"].split("-")
    if due["precision"] == "year":
        return f"{year}年底" if (month, day) == ("12", "31") else f"{year}年{int(month)}月{int(day)}日"
    return f"{year}年{int(month)}月底" if due["precision"] == "month" else f"{year}年{int(month)}月{int(day)}日"


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("api", "web/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"address": _address, "in_text": _in_text, "words": _words, "due": _date}
    made.globals |= {
        "ROLES": ROLE_WORDS,
        "RELATIONS": RELATION_WORDS,
        "KINDS": KIND_WORDS,
        "BASES": BASES,
        "TASKS": TASK_WORDS,
        "MARKS": FACT_WORDS,
        "LEFT_OUT": LEFT_OUT_WORDS,
        "SEVERITIES": SEVERITY_WORDS,
        "MATURITIES": MATURITY_WORDS,
        "WEAKNESSES": WEAKNESS_WORDS,
        "DUTIES": DUTY_ROLES,
        "said": said,
        "cell": cell,
        "plan_of": plan_of,
        "MOST_ROWS": MOST_ROWS,
    }
    return made


def cell(row: Mapping[str, Any], column: str) -> str:
    """The words of a column such as ``item.section.label`` in a row; empty where it has none."""
    met: Any = row
    for part in column.split("."):
        met = met.get(part) if isinstance(met, Mapping) else None
    return said(column, met)


def heads(headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """The columns of an answer that a page shows by themselves; the words that prove a row stand behind them."""
    return [(column, head) for column, head in headings.items() if column not in _PROOF]


def plan_of(row: Mapping[str, Any]) -> str | None:
    """The id of the plan that a row is about; none where it is about several."""
    holders = (row.get("item"), row.get("evidence"), row)
    named = (row.get("document") or {}).get("id")
    return named or next((one["document_id"] for one in holders if one and one.get("document_id")), None)


def plans_in(store: Store, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The ids of the plans that rows are about, each with its title."""
    keys = dict.fromkeys(key for row in rows if (key := plan_of(row)) is not None)

    def work(reading: Reading) -> dict[str, str]:
        found = {key: reading.rows("read/document-by-id", {"id": key}) for key in keys}
        return {key: (rows[0]["name"] if rows else None) or key for key, rows in found.items()}

    return store.read(work)


def downloads(address: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Where a list of ``/v1`` is had as a file with every row: the kind of file -> its address."""
    stated = {key: value for key, value in given.items() if value is not None}
    return {
        kind.upper(): f"{address}?{urlencode({**stated, 'whole': 'true', 'evidence': 'full', 'format': kind})}"
        for kind in ("csv", "xlsx")
    }


_TEMPLATES = _environment()


def page(template: str, *, status: int = 200, policy: str = POLICY, **values: Any) -> Response:
    """A page from ``templates/``."""
    text = _TEMPLATES.get_template(template).render(**values)
    headers = {"Content-Security-Policy": policy, "Cache-Control": "private, no-cache"}
    return HTMLResponse(text, status, headers)


def problem_page(request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """A failure as a page, with the candidates as links."""
    area = request.url.path.split("/")[1]
    linked = area if area in ("units", "regulations", "items", "documents") else None
    made = page("problem.html", status=problem["status"], problem=problem, linked=linked)
    made.headers.update(headers)
    return made


@router.get("/")
def home(service: ServiceDep, q: Annotated[Text, Query(max_length=MAX_NAME)] = "", after: After = None) -> Response:
    store = service.store
    documents = list_documents(store, page=Page(SEARCH_LIMIT, None if q else after)).body
    found = None
    if q.strip():
        few = Page(SEARCH_LIMIT)
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
    rows = ask(service.store, "unit-duties", given, page=Page(MAX_LIMIT, after), evidence=Evidence.FULL)
    partners = partners_of(service.store, _id(card))
    return page("unit.html", unit=card.body, duties=rows.body, role=role, partners=partners)


@router.get("/units/{ref}/shared-with/{other}")
def shared(service: ServiceDep, ref: Ref, other: Ref, after: After = None) -> Response:
    narrow = Narrow(default_region=service.settings.default_region)
    cards = [unit_answer(service.store, one, narrow) for one in (ref, other)]
    given = dict(zip(("unit", "other"), map(_id, cards), strict=True))
    rows = ask(service.store, "shared-items", given, page=Page(MAX_LIMIT, after), evidence=Evidence.FULL)
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
        page=Page(MAX_LIMIT, after),
        evidence=Evidence.FULL,
    )
    return page("regulation.html", regulation=card.body, citing=rows.body)


@router.get("/documents/{ref}")
def document(service: ServiceDep, ref: Ref) -> Response:
    card = document_answer(service.store, ref, Evidence.FULL)
    key = _id(card)
    everything = Page(100_000)
    sections = list_sections(service.store, key, page=everything, evidence=Evidence.NONE).body["items"]
    items = list_items(service.store, narrow=Narrow(document=key), page=everything, evidence=Evidence.NONE).body[
        "items"
    ]
    of_section: dict[str, list[dict[str, Any]]] = {section["id"]: [] for section in sections}
    for one in items:
        of_section.setdefault(one["section"]["id"], []).append(one)
    return page("document.html", document=card.body, sections=sections, items=of_section)


@router.get("/documents/{ref}/text")
def text(
    service: ServiceDep,
    ref: Ref,
    at: Annotated[str | None, Query(pattern=r"^\d{1,9}-\d{1,9}$")] = None,
) -> Response:
    """The text with its marks; ``at=12292-12308`` shows a place that no mark begins at."""
    place = [int(word) for word in at.split("-")] if at else []
    return page("text.html", text=text_answer(service.store, ref, pieces=True, at=place).body, place=place)


@router.get("/documents/{ref}/findings")
def document_findings(
    service: ServiceDep,
    ref: Ref,
    rule: Annotated[Text | None, Query(max_length=MAX_NAME)] = None,
    severity: Annotated[Literal["high", "medium", "low"] | None, Query()] = None,
    unit: Annotated[Text | None, Query(max_length=MAX_NAME)] = None,
) -> Response:
    card = document_answer(service.store, ref, Evidence.NONE)
    found = list_findings(
        service.store,
        rule=rule,
        severity=severity,
        unit=unit,
        narrow=Narrow(document=_id(card), default_region=service.settings.default_region),
        page=Page(100_000),
    ).body
    given = {"rule": rule, "severity": severity, "unit": unit}
    files = downloads(f"/v1/documents/{_address(_id(card))}/findings", given)
    return page("findings.html", document=card.body, findings=found, given=given, files=files)


@router.get("/docs")
def docs() -> Response:
    return page("docs.html", policy=DOCS_POLICY)


def _id(answer: Answer) -> str:
    key: str = answer.body["id"]
    return key
