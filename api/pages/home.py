"""The front page: what is loaded, what is due as of the day, what the rules doubt, who leads most.

Example: ``/?as_of=2018-12-10`` counts 38 dates that are past, 24 near, 10 ahead.

Left to others: the answers (`api.answers`, `api.asking.composed_answer`), lights (`api.pages.deadlines`).
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from starlette.responses import Response

from api.answers.all_pages import fetch_all
from api.answers.chinese.labels import SEVERITY_WORDS
from api.answers.findings import list_findings
from api.answers.lists import list_documents
from api.answers.nesting import Evidence
from api.answers.paging import MAX_LIMIT, PageRequest
from api.asking.compose import ComposedQuestion
from api.asking.composed_answer import answer_composed
from api.asking.examples import examples
from api.http.dependencies import ServiceDep
from api.pages.deadlines import lights_of
from api.pages.frame import Frame, FrameDep
from api.pages.router import pages
from api.pages.templates import page
from api.pages.wording import pressing
from graph.conditions.query import And
from graph.store.contract import Store

FEW_PLANS = 60  # whose dates and findings are counted in full
KEPT_SCOPES = 8
PLANS_SHOWN, RULES_SHOWN, LEADS_SHOWN = 6, 6, 9
_KEPT: WeakKeyDictionary[Store, dict[tuple[Any, ...], tuple[dict[str, Any], ...]]] = WeakKeyDictionary()
router = pages()


@router.get("/")
def home_page(service: ServiceDep, frame: FrameDep) -> Response:
    store = service.store
    if not frame.loaded.counts["documents"]:
        return page("empty.html", frame)
    rows, findings, leads = _counted(service, frame)
    named = [row for row in leads["items"] if row["id"] is not None]  # the rest is what nobody leads
    numbers: dict[str, list[int]] = {}
    for row in findings["items"]:
        if row["item"] and row["item"]["number"] is not None:
            numbers.setdefault(row["rule"], []).append(row["item"]["number"])
    return page(
        "home.html",
        frame,
        documents=list_documents(store, narrow=frame.place, page=PageRequest(PLANS_SHOWN)).body,
        rows=rows,
        lit=Counter(row["light"] for row in rows["items"]),
        findings=findings,
        rules=_pressing(findings["rules"]),
        severities=_by_severity(findings["rules"]),
        numbers=numbers,
        leads=named,
        more_leads=leads["next"] is not None,
        unled=sum(row["items"] for row in leads["items"] if row["id"] is None),
        most_files=service.settings.job_files,
        most_mb=service.settings.max_body_bytes // 2**20,
        shown_leads=LEADS_SHOWN,
        examples=examples(store, frame.narrow, frame.clock),
    )


def _counted(service: ServiceDep, frame: Frame) -> tuple[dict[str, Any], ...]:
    """The dates, the findings and the leads in the scope of the page: of all plans where these are few, else of the first ones.

    They are kept for each scope until the data changes, for they are the same for everybody.
    """

    def lights(wanted: PageRequest) -> dict[str, Any]:
        return lights_of(service, frame, frame.document, None, wanted, Evidence.NONE)

    def found(wanted: PageRequest) -> dict[str, Any]:
        return list_findings(service.store, narrow=frame.narrow, page=wanted, evidence=Evidence.NONE).body

    kept = _KEPT.setdefault(service.store, {})
    key = (frame.loaded.version, frame.document, frame.region, frame.as_of, frame.clock.near_days)
    made = kept.get(key)
    if made is None:
        few = frame.loaded.counts["documents"] <= FEW_PLANS
        first = PageRequest(MAX_LIMIT)
        counted = (fetch_all(one, bounded=True) if few else one(first) for one in (lights, found))
        by_lead = ComposedQuestion({None: And(())}, "items", "lead", None, None, (), has_role=False)
        leads = answer_composed(service.store, by_lead, page=first, evidence=Evidence.NONE, narrow=frame.narrow)
        made = (*counted, leads.body)
        kept[key] = made
        for old in list(kept)[:-KEPT_SCOPES]:
            kept.pop(old, None)
    return made


def _pressing(rules: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """The rules to look at first, no lead always."""
    ordered = pressing(one for one in rules if one["count"] and one["id"] != "no-lead")
    return [*(one for one in rules if one["id"] == "no-lead"), *ordered][:RULES_SHOWN]


def _by_severity(rules: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(one["count"] for one in rules if one["severity"] == name) for name in SEVERITY_WORDS}
