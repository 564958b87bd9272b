"""The pages of findings (疑点): of all plans in the scope, and of one; by severity and rule, each with its words.

Example: ``/documents/娄底市-娄发2017-4/findings?rule=open-list`` lists eight open lists.

Left to others: the findings (`api.answers.findings`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from api.answers.findings import list_findings
from api.answers.nesting import Evidence
from api.answers.objects import document_answer
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.references import Narrow
from api.desk.note_rows import NotesOfPlan, notes_of_plan
from api.http.dependencies import (
    ServiceDep,
    SeverityFilter,
)
from api.pages.addresses import downloads
from api.pages.frame import Frame, FrameDep
from api.pages.objects.plans import of_plan
from api.pages.router import After, Named, Ref, pages
from api.pages.templates import page
from api.pages.wording import pressing

SHOWN = 3  # of a rule, where several rules are listed
router = pages()


@router.get("/findings")
def findings_page(
    service: ServiceDep,
    frame: FrameDep,
    rule: Named = None,
    severity: SeverityFilter = None,
    unit: Named = None,
    after: After = None,
) -> Response:
    return _page(service, frame, None, {"rule": rule, "severity": severity, "unit": unit}, after)


@router.get("/documents/{ref}/findings")
def findings_of_plan_page(
    service: ServiceDep,
    frame: FrameDep,
    ref: Ref,
    rule: Named = None,
    severity: SeverityFilter = None,
    unit: Named = None,
    after: After = None,
) -> Response:
    card = document_answer(service.store, ref, Evidence.NONE).body
    return _page(service, of_plan(frame, card), card, {"rule": rule, "severity": severity, "unit": unit}, after)


def _page(
    service: ServiceDep,
    frame: Frame,
    card: Mapping[str, Any] | None,
    given: Mapping[str, Any],
    after: str | None,
) -> Response:
    narrow = Narrow(document=card["id"], default_region=frame.default_region) if card else frame.narrow
    found = list_findings(
        service.store,
        rule=given["rule"],
        severity=given["severity"],
        unit=given["unit"],
        narrow=narrow,
        page=PageRequest(MAX_LIMIT, after),
    ).body
    by_rule: dict[str, list[Mapping[str, Any]]] = {}
    for row in found["items"]:
        by_rule.setdefault(row["rule"], []).append(row)
    return page(
        "findings.html",
        frame,
        document=card,
        findings=found,
        by_rule=by_rule,
        rules=pressing(found["rules"]),
        shown=None if given["rule"] else SHOWN,
        given=given,
        notes=_notes(service, found["items"]),
        files=downloads("/v1/findings", {**given, "document": narrow.document, "region": narrow.region}),
    )


def _notes(service: ServiceDep, rows: Sequence[Mapping[str, Any]]) -> NotesOfPlan:
    """The notes on the plans of these findings."""
    plans = [
        notes_of_plan(service.store, service.notes, key) for key in dict.fromkeys(row["document"]["id"] for row in rows)
    ]
    about = {key: noted for plan in plans for key, noted in plan.about.items()}
    lost = [one for plan in plans for one in plan.lost if one["kind"] == "finding"]
    return NotesOfPlan(about, (), lost, sum(plan.total for plan in plans), sum(plan.shown for plan in plans))
