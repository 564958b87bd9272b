"""Units (单位): the list, one unit, headline query 1 (all duties of a unit), its timeline, and judgements on two units."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from api.answers.chaining.timeline import timeline_answer
from api.answers.judgements import Judged, JudgementRow, Judgements, list_judgements, record_judgement
from api.answers.lists import list_units
from api.answers.nesting import Evidence
from api.answers.objects import unit_answer
from api.answers.questions import ask
from api.export.dossier_requests import unit_dossier
from api.http.dependencies import (
    MAX_NAME,
    EvidenceLevel,
    NarrowDep,
    RoleFilter,
    SearchWords,
    ServiceDep,
    Text,
    WrittenDay,
)
from api.http.reply import Contacts, Reply
from api.http.responses import respond_dossier, respond_object
from api.http.trace import trace_of
from api.routes.router import DOSSIER, LIST, WRITES, FileFormat, Ref, v1
from api.schemas.base import Duty, Listing, UnitRow
from api.schemas.items import Timeline, TimelineRow
from api.schemas.objects import UnitCard
from graph.dates.workdays import DeadlineStatus

router = v1("units")


@router.get(
    "/units/{ref}/dossier",
    summary="The dossier of a unit as a file: duties, times, instruments, words, findings",
    response_class=Response,
    responses=DOSSIER,
)
def dossier(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    narrow: NarrowDep,
    format: FileFormat = "xlsx",
    contacts: Contacts = False,
) -> Response:
    return respond_dossier(
        request,
        service,
        format,
        lambda: unit_dossier(service.store, ref, narrow, service.clock().today),
        contacts=contacts,
    )


@router.get("/units", summary="Units by part of any of their names", response_model=Listing[UnitRow], responses=LIST)
def units(
    narrow: NarrowDep,
    reply: Reply,
    q: SearchWords = None,
    kind: Annotated[Text | None, Query(max_length=MAX_NAME, description="only of this kind")] = None,
    collective: Annotated[bool | None, Query(description="only collectives such as 各有关部门, or none")] = None,
) -> Response:
    return reply.list(
        "units",
        UnitRow,
        lambda page: list_units(reply.store, q=q, kind=kind, collective=collective, narrow=narrow, page=page),
    )


@router.get("/units/{ref}", summary="One unit", response_model=UnitCard)
def unit(request: Request, service: ServiceDep, ref: Ref, narrow: NarrowDep) -> Response:
    return respond_object(request, service, lambda: unit_answer(service.store, ref, narrow))


@router.get(
    "/units/{ref}/duties",
    summary="All duties of a unit, in document order",
    response_model=Listing[Duty],
    responses=LIST,
)
def duties(
    ref: Ref, narrow: NarrowDep, reply: Reply, role: RoleFilter = None, evidence: EvidenceLevel = Evidence.REF
) -> Response:
    given = {"unit": ref, "role": role, "document": narrow.document}
    return reply.list(
        f"{ref}-duties",
        Duty,
        lambda page: ask(reply.store, "unit-duties", given, page=page, evidence=evidence, narrow=narrow),
        evidence,
    )


@router.get(
    "/units/{ref}/timeline",
    summary="What a unit has to do, by date: the earliest first, without a date last",
    response_model=Timeline,
    responses=LIST,
)
def timeline(
    ref: Ref,
    narrow: NarrowDep,
    reply: Reply,
    role: RoleFilter = None,
    light: Annotated[
        DeadlineStatus | None, Query(description="red: past on the day · yellow: near · green: neither")
    ] = None,
    as_of: Annotated[
        WrittenDay | None, Query(description="the day that lights are for; today, if none is given")
    ] = None,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    return reply.list(
        f"{ref}-timeline",
        TimelineRow,
        lambda page: timeline_answer(
            reply.store,
            ref,
            role=role,
            light=light,
            as_of=as_of,
            narrow=narrow,
            page=page,
            evidence=evidence,
            clock=reply.service.clock(),
        ),
        evidence,
    )


@router.post(
    "/judgements", summary="Judge two units the same, different or unsure", status_code=201, dependencies=WRITES
)
def judge(request: Request, service: ServiceDep, narrow: NarrowDep, given: Judged) -> JudgementRow:
    made = JudgementRow(**record_judgement(service.store, given, narrow))
    trace_of(request).what = f"{made.unit} {made.judgement} {made.other}"
    return made


@router.get("/judgements", summary="All judgements on units, oldest first")
def judgements(service: ServiceDep) -> Judgements:
    return Judgements(**list_judgements(service.store))
