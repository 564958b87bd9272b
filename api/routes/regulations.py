"""Cited instruments (法规与文件): the list, one instrument, and headline query 2: the items that cite it."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from api.answers.chaining.carriers import carriers_answer
from api.answers.chaining.chains import regulation_chain_answer
from api.answers.chinese.labels import RELATION_WORDS, chosen_from
from api.answers.lists import list_regulations
from api.answers.nesting import Evidence
from api.answers.objects import regulation_answer
from api.answers.questions import ask
from api.http.dependencies import OF_WORD, EvidenceLevel, NarrowDep, SearchWords, ServiceDep
from api.http.reply import Reply
from api.http.responses import respond_object
from api.routes.router import LIST, Ref, v1
from api.schemas.base import CitingItem, Listing, RegulationRow, Relation
from api.schemas.chains import Carrier, RegulationChain
from api.schemas.objects import RegulationCard

router = v1("regulations")


@router.get(
    "/regulations",
    summary="Instruments by part of title or number",
    response_model=Listing[RegulationRow],
    responses=LIST,
)
def regulations(narrow: NarrowDep, reply: Reply, q: SearchWords = None) -> Response:
    return reply.list(
        "regulations", RegulationRow, lambda page: list_regulations(reply.store, q=q, narrow=narrow, page=page)
    )


@router.get("/regulations/{ref}", summary="One instrument", response_model=RegulationCard)
def regulation(request: Request, service: ServiceDep, ref: Ref, narrow: NarrowDep) -> Response:
    return respond_object(request, service, lambda: regulation_answer(service.store, ref, narrow))


@router.get(
    "/regulations/{ref}/chain",
    summary="The units that carry an instrument, through the items that cite it",
    response_model=RegulationChain,
)
def chain(request: Request, service: ServiceDep, ref: Ref, narrow: NarrowDep) -> Response:
    return respond_object(request, service, lambda: regulation_chain_answer(service.store, ref, narrow=narrow))


@router.get(
    "/regulations/{ref}/units",
    summary="The units that bear the items that cite an instrument, those that lead most first",
    response_model=Listing[Carrier],
    responses=LIST,
)
def units(ref: Ref, narrow: NarrowDep, reply: Reply, evidence: EvidenceLevel = Evidence.REF) -> Response:
    return reply.list(
        f"{ref}-units",
        Carrier,
        lambda page: carriers_answer(reply.store, ref, narrow=narrow, page=page, evidence=evidence),
        evidence,
    )


@router.get(
    "/regulations/{ref}/citing-items",
    summary="The items that cite an instrument, in document order",
    response_model=Listing[CitingItem],
    responses=LIST,
)
def citing_items(
    ref: Ref,
    narrow: NarrowDep,
    reply: Reply,
    relation: Annotated[Relation | None, OF_WORD, Query(description=chosen_from(RELATION_WORDS))] = None,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    given = {"regulation": ref, "relation": relation, "document": narrow.document}
    return reply.list(
        f"{ref}-citing-items",
        CitingItem,
        lambda page: ask(reply.store, "regulation-citing-items", given, page=page, evidence=evidence, narrow=narrow),
        evidence,
    )
