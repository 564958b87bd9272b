"""Findings (疑点): over all plans, and of one plan."""

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from api.answers.findings import list_findings
from api.answers.nesting import Evidence
from api.answers.references import Narrow
from api.http.dependencies import MAX_NAME, EvidenceLevel, NarrowDep, SeverityFilter, Text
from api.http.reply import Reply, Responder
from api.routes.router import LIST, Ref, v1
from api.schemas.findings import FindingListing, FindingRow

router = v1("findings")

RuleFilter = Annotated[Text | None, Query(max_length=MAX_NAME, description="only of this rule: several-leads …")]
UnitFilter = Annotated[
    Text | None, Query(max_length=MAX_NAME, description="about this unit, or on an item that names it: id or name")
]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of findings."""

    rule: str | None
    severity: str | None
    unit: str | None


async def _filters(rule: RuleFilter = None, severity: SeverityFilter = None, unit: UnitFilter = None) -> Filters:
    return Filters(rule, severity, unit)


FiltersDep = Annotated[Filters, Depends(_filters)]


@router.get(
    "/findings",
    summary="Gaps and conflicts that the rules see; without a document, plans of some 600 items a page",
    response_model=FindingListing,
    responses=LIST,
)
def findings(narrow: NarrowDep, filters: FiltersDep, reply: Reply, evidence: EvidenceLevel = Evidence.REF) -> Response:
    return _listed(reply, filters, narrow, evidence)


@router.get(
    "/documents/{ref}/findings",
    summary="Gaps and conflicts that the rules see in a plan",
    response_model=FindingListing,
    responses=LIST,
)
def document_findings(ref: Ref, filters: FiltersDep, reply: Reply, evidence: EvidenceLevel = Evidence.REF) -> Response:
    return _listed(reply, filters, Narrow(document=ref), evidence)


def _listed(reply: Responder, filters: Filters, narrow: Narrow, evidence: Evidence) -> Response:
    return reply.list(
        "findings",
        FindingRow,
        lambda page: list_findings(reply.store, **asdict(filters), narrow=narrow, page=page, evidence=evidence),
        evidence,
    )
